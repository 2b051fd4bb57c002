import {
  allOf,
  anyOf,
  condition,
  type Filter,
  FILTER_OPERATORS,
  type FilterField,
  type FilterOperator,
  type FilterScalar,
  type FilterTest,
} from "../domain/filter.ts";
import { invalidInput } from "../errors.ts";
import { parseScopeId } from "./parse-scope-id.ts";
import { DAY_MILLISECONDS, parseTime } from "./parse-time.ts";

/** What is left of the size limits; one object for the whole filter. */
export interface Budget {
  conditions: number;
  values: number;
  /** Members of AND, OR and NOT, which need not come to conditions. */
  members: number;
}

/** More conditions would make SQLite spend over 50 ms on preparing the statement alone. */
const LIMITS: Readonly<Budget> = { conditions: 1_000, values: 100_000, members: 10_000 };

export function createBudget(): Budget {
  return { ...LIMITS };
}

export function spend({ budget }: TestContext, what: keyof Budget, count: number): void {
  budget[what] -= count;
  if (budget[what] < 0) throw invalidInput(`The filter has too many ${what}. At most ${LIMITS[what]} are allowed.`);
}

export interface TestContext {
  /** Where in the input, for error texts. */
  readonly path: string;
  readonly wildcard: "refuse" | "any";
  readonly budget: Budget;
}

/** Reads what stands behind a key: a value, a list, or an object of operators. The results are ANDed. */
export type ParseTest = (input: unknown, field: FilterField, context: TestContext) => Filter[];

export function isObject(input: unknown): input is Record<string, unknown> {
  // A Map or a Date has no entries of its own and would pass as an empty object, which constrains nothing.
  return Object.prototype.toString.call(input) === "[object Object]";
}

export function describe(input: unknown): string {
  if (input === null) return "null";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "string") return JSON.stringify(input.length > 60 ? `${input.slice(0, 60)}…` : input);
  if (isObject(input)) return "an object";
  if (input instanceof Date) return "a date";
  if (typeof input === "symbol" || typeof input === "function") return `a ${typeof input}`;
  // Its own toString may throw, or write out millions of numbers.
  return typeof input === "object"
    ? `a ${Object.prototype.toString.call(input).slice("[object ".length, -1)}`
    : String(input);
}

export const parseMetadataTest: ParseTest = (input, field, context) =>
  readTests(input, context, FILTER_OPERATORS).map(({ operator, value, path }) =>
    condition(field, readTest(operator, value, { ...context, path }, readScalar)),
  );

export const parseCategoryTest: ParseTest = (input, field, context) =>
  readTests(input, context, ["eq", "ne", "in", "nin", "contains", "icontains", "exists"]).map(
    ({ operator, value, path }) => condition(field, readTest(operator, value, { ...context, path }, readTextOrNull)),
  );

export const parseIdTest: ParseTest = (input, field, context) =>
  readTests(input, context, ["eq", "ne", "in", "nin"]).map(({ operator, value, path }) =>
    condition(field, readTest(operator, value, { ...context, path }, readText)),
  );

/** A bare word is looked for without regard to case; of a list any word will do. */
export const parseKeywords: ParseTest = (input, field, context) => {
  const words = Array.isArray(input) ? input : typeof input === "string" ? [input] : undefined;
  if (words === undefined) {
    return readTests(input, context, ["contains", "icontains"]).map(({ operator, value, path }) =>
      condition(field, readTest(operator, value, { ...context, path }, readText)),
    );
  }
  spend(context, "conditions", words.length);
  return [
    anyOf(
      Array.from(words, (word: unknown) =>
        condition(field, { operator: "icontains", value: readText(word, context.path) }),
      ),
    ),
  ];
};

export const parseScopeTest: ParseTest = (input, field, context) => {
  if (field.kind !== "scope") return [];
  const { key } = field;
  const readId = (value: unknown): string | null => {
    if (value === null) return null;
    if (typeof value !== "string" || value.trim() !== "*") return parseScopeId(key, value);
    if (context.wildcard === "any") return "*";
    throw invalidInput(`Invalid ${key}: "*" would stand for every id. Name the ids that you mean.`, { key });
  };
  const oneOf = (ids: readonly (string | null)[]): Filter => {
    const isPresent = condition(field, { operator: "exists", value: true });
    const named = ids.filter((id) => id !== "*");
    if (named.length === ids.length) return condition(field, { operator: "in", value: ids });
    return named.length === 0 ? isPresent : anyOf([isPresent, condition(field, { operator: "in", value: named })]);
  };
  // A bare `*` goes through `readId` like every other id.
  const tests = input === "*" ? { eq: input } : input;
  return readTests(tests, context, ["eq", "ne", "in", "nin", "exists"]).map(({ operator, value, path }): Filter => {
    if (operator === "exists") return condition(field, readTest(operator, value, { ...context, path }, readText));
    const isList = operator === "in" || operator === "nin";
    const ids = isList ? readList(value, { ...context, path }, readId) : [readId(value)];
    const [id = null] = ids;
    const positive = isList || id === "*" ? oneOf(ids) : condition(field, { operator: "eq", value: id });
    return operator === "eq" || operator === "in" ? positive : { type: "not", filter: positive };
  });
};

/** A day stands for the whole UTC day: `gt` is after its end, `lte` up to its end. */
export const parseTimeTest: ParseTest = (input, field, context) =>
  readTests(input, context, ["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "exists"]).map(
    ({ operator, value, path }): Filter => {
      const inner = { ...context, path };
      switch (operator) {
        case "eq":
          return timeIsOneOf(field, [value], inner);
        case "ne":
          return { type: "not", filter: timeIsOneOf(field, [value], inner) };
        case "in":
          return timeIsOneOf(field, readList(value, inner, identity), inner);
        case "nin":
          return { type: "not", filter: timeIsOneOf(field, readList(value, inner, identity), inner) };
        case "gt":
        case "lte": {
          const { start, isDay } = parseTime(value, path);
          if (!isDay) return condition(field, { operator, value: start });
          const end = start + DAY_MILLISECONDS;
          return condition(field, { operator: operator === "gt" ? "gte" : "lt", value: end });
        }
        case "gte":
        case "lt":
          return condition(field, { operator, value: parseTime(value, path).start });
        default:
          return condition(field, readTest(operator, value, inner, readText));
      }
    },
  );

/** Expiration dates are days written YYYY-MM-DD, which sort as texts. */
export const parseDayTest: ParseTest = (input, field, context) =>
  readTests(input, context, ["eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "exists"]).map(
    ({ operator, value, path }) => condition(field, readTest(operator, value, { ...context, path }, readDay)),
  );

function timeIsOneOf(field: FilterField, values: readonly unknown[], context: TestContext): Filter {
  const instants: (number | null)[] = [];
  const days: Filter[] = [];
  for (const value of values) {
    const time = value === null ? null : parseTime(value, context.path);
    if (time === null || !time.isDay) instants.push(time === null ? null : time.start);
    else {
      days.push(
        allOf([
          condition(field, { operator: "gte", value: time.start }),
          condition(field, { operator: "lt", value: time.start + DAY_MILLISECONDS }),
        ]),
      );
    }
  }
  spend(context, "conditions", days.length * 2);
  return anyOf([
    ...days,
    ...(instants.length > 0 || days.length === 0 ? [condition(field, { operator: "in", value: instants })] : []),
  ]);
}

interface RawTest {
  readonly operator: FilterOperator;
  readonly value: unknown;
  readonly path: string;
}

const OPERATOR_NAMES: ReadonlySet<string> = new Set(FILTER_OPERATORS);

function readTests(input: unknown, context: TestContext, allowed: readonly FilterOperator[]): RawTest[] {
  const { path } = context;
  if (Array.isArray(input)) return [{ operator: "in", value: input, path }];
  if (input === "*") return [{ operator: "exists", value: true, path }];
  if (!isObject(input)) return [{ operator: "eq", value: input, path }];
  const entries = Object.entries(input);
  if (entries.length === 0) {
    throw invalidInput(`${path} holds no operator. Use one of: ${allowed.join(", ")}.`, { path });
  }
  return entries.map(([key, value]): RawTest => {
    const operator = key.startsWith("$") ? key.slice(1) : key;
    if (!isOperator(operator)) {
      throw invalidInput(
        `Unsupported metadata filter operator: ${key.slice(0, 80)} (in ${path}). Use one of: ${allowed.join(", ")}. ` +
          "A value inside a nested object is reached by a dotted key.",
        { path, operator: key },
      );
    }
    if (!allowed.includes(operator)) {
      throw invalidInput(`${path} does not support "${operator}". Use one of: ${allowed.join(", ")}.`, {
        path,
        operator,
      });
    }
    return { operator, value, path: `${path}.${key}` };
  });
}

function isOperator(name: string): name is FilterOperator {
  return OPERATOR_NAMES.has(name);
}

type ReadScalar = (value: unknown, path: string) => FilterScalar;

function readTest(operator: FilterOperator, value: unknown, context: TestContext, read: ReadScalar): FilterTest {
  const { path } = context;
  switch (operator) {
    case "eq":
    case "ne":
      return { operator, value: read(value, path) };
    case "in":
    case "nin":
      return { operator, value: readList(value, context, (item) => read(item, path)) };
    case "icontains":
      return { operator, value: readText(value, path) };
    case "exists":
      if (typeof value === "boolean") return { operator, value };
      throw invalidInput(`${path} expects true or false, got ${describe(value)}.`, { path });
    case "contains": {
      const part = read(value, path);
      if (part !== null) return { operator, value: part };
      throw invalidInput(`${path} expects a text, a number or a boolean, got null.`, { path });
    }
    default: {
      const bound = read(value, path);
      if (typeof bound === "string" || typeof bound === "number") return { operator, value: bound };
      throw invalidInput(`${path} expects a number or a text, got ${describe(value)}.`, { path });
    }
  }
}

function readList<Item>(value: unknown, context: TestContext, read: (item: unknown) => Item): Item[] {
  const { path } = context;
  if (!Array.isArray(value)) throw invalidInput(`${path} expects a list, got ${describe(value)}.`, { path });
  spend(context, "values", value.length);
  // A Set drops repeats, and visits holes, which map() would skip.
  return [...new Set(Array.from(value, (item: unknown) => read(item)))];
}

function readScalar(value: unknown, path: string): FilterScalar {
  if (value === null || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) {
    return value;
  }
  if (typeof value === "string") return value.toWellFormed();
  // Metadata holds JSON, where a Date has become its ISO text.
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  throw invalidInput(`${path} expects a text, a finite number, a boolean or null, got ${describe(value)}.`, { path });
}

function readText(value: unknown, path: string): string {
  if (typeof value === "string") return value.toWellFormed();
  throw invalidInput(`${path} expects a text, got ${describe(value)}.`, { path });
}

function readTextOrNull(value: unknown, path: string): string | null {
  return value === null ? null : readText(value, path);
}

function readDay(value: unknown, path: string): string | null {
  if (value === null) return null;
  const day = new Date(parseTime(value, path).start).toISOString().slice(0, 10);
  if (/^\d{4}-/u.test(day)) return day;
  throw invalidInput(`${path} expects a day such as "2026-03-01", got ${describe(value)}.`, { path });
}

function identity(value: unknown): unknown {
  return value;
}
