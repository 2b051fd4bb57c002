import {
  columnType,
  type Filter,
  type FilterColumn,
  type FilterCondition,
  type FilterField,
  type FilterScalar,
  type FilterTest,
} from "../../../domain/filter.ts";
import { foldCase } from "../../../domain/filter-evaluate.ts";
import type { ScopeKey } from "../../../domain/scope.ts";
import type { SqliteDriver, SqlValue } from "./driver.ts";

/** Where each field of a filter lives. The expressions are trusted text, never user input. */
export interface FilterColumns {
  readonly scope: Readonly<Record<ScopeKey, string>>;
  /** Where ids are kept by number: the column with it, and the numbers of the ids whose values the condition behind it names. */
  readonly scopeNumbers?: Readonly<Record<ScopeKey, { readonly column: string; readonly numbers: string }>>;
  readonly column: Readonly<Record<FilterColumn, string>>;
  /** JSON array of texts, never null. */
  readonly categories: string;
  /** JSON object, never null. */
  readonly metadata: string;
}

/** A table `m` whose columns are named after the fields. */
export const MEMORY_FILTER_COLUMNS: FilterColumns = {
  scope: { userId: "m.user_id", agentId: "m.agent_id", appId: "m.app_id", runId: "m.run_id" },
  column: {
    id: "m.id",
    kind: "m.kind",
    state: "m.state",
    role: "m.role",
    name: "m.name",
    text: "m.text",
    language: "m.language",
    attribute: "m.attribute",
    expirationDate: "m.expiration_date",
    saidAt: "m.said_at",
    createdAt: "m.created_at",
    updatedAt: "m.updated_at",
    validFrom: "m.valid_from",
    validTo: "m.valid_to",
    isImmutable: "m.is_immutable",
    isVerified: "m.is_verified",
  },
  categories: "m.categories",
  metadata: "m.metadata",
};

export interface CompiledFilter {
  /** A boolean expression that is never NULL, in parentheses where needed. */
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
}

/** Makes `recollect_fold` known to a connection; compiled filters that ignore case call it. */
export function registerFilterFunctions(driver: SqliteDriver): void {
  driver.raw.function("recollect_fold", { deterministic: true }, (text) =>
    typeof text === "string" ? foldCase(text) : null,
  );
}

/**
 * Translates a filter into a WHERE expression that selects the rows `evaluateFilter` does. Values and JSON
 * paths are bound, never written into the text. Every part is true or false, never NULL, so that NOT means
 * what it says.
 */
export function compileFilter(filter: Filter, columns: FilterColumns): CompiledFilter {
  switch (filter.type) {
    case "and":
      return join(
        filter.filters.map((part) => compileFilter(part, columns)),
        "AND",
      );
    case "or":
      return join(
        filter.filters.map((part) => compileFilter(part, columns)),
        "OR",
      );
    case "not": {
      const inner = compileFilter(filter.filter, columns);
      return { sql: `(NOT ${inner.sql})`, parameters: inner.parameters };
    }
    case "condition":
      return compileCondition(filter, columns);
  }
}

const TRUE = literal("1");
const FALSE = literal("0");

function literal(sql: string): CompiledFilter {
  return { sql, parameters: [] };
}

/** As a balanced tree: SQLite refuses expressions deeper than 1,000, and `a OR b OR c` nests once per part. */
function join(parts: readonly CompiledFilter[], operator: "AND" | "OR"): CompiledFilter {
  if (parts.length === 0) return operator === "AND" ? TRUE : FALSE;
  if (parts.length === 1) return parts[0] as CompiledFilter;
  const middle = parts.length >> 1;
  const left = join(parts.slice(0, middle), operator);
  const right = join(parts.slice(middle), operator);
  return { sql: `(${left.sql} ${operator} ${right.sql})`, parameters: [...left.parameters, ...right.parameters] };
}

function not(part: CompiledFilter): CompiledFilter {
  return { sql: `(NOT ${part.sql})`, parameters: part.parameters };
}

function compileCondition(condition: FilterCondition, columns: FilterColumns): CompiledFilter {
  const source = sourceOf(condition.field, columns);
  switch (condition.operator) {
    case "eq":
      return equalsAny(source, [condition.value]);
    case "ne":
      return not(equalsAny(source, [condition.value]));
    case "in":
      return equalsAny(source, condition.value);
    case "nin":
      return not(equalsAny(source, condition.value));
    case "exists":
      return condition.value ? source.isPresent : not(source.isPresent);
    default:
      return source.some(condition);
  }
}

/** The operators that look at one value at a time. */
type ValueTest = Extract<FilterTest, { operator: "gt" | "gte" | "lt" | "lte" | "contains" | "icontains" }>;

interface Source {
  readonly isPresent: CompiledFilter;
  /** Equal to one of the values, none of which is null. */
  isOneOf(values: readonly (string | number | boolean)[]): CompiledFilter;
  some(test: ValueTest): CompiledFilter;
}

function equalsAny(source: Source, values: readonly FilterScalar[]): CompiledFilter {
  const present = values.filter((value) => value !== null);
  const parts: CompiledFilter[] = [];
  if (present.length > 0) parts.push(source.isOneOf(present));
  if (present.length < values.length) parts.push(not(source.isPresent));
  return join(parts, "OR");
}

function sourceOf(field: FilterField, columns: FilterColumns): Source {
  switch (field.kind) {
    case "scope": {
      const byNumber = columns.scopeNumbers?.[field.key];
      const source = columnSource(columns.scope[field.key], "string");
      return byNumber === undefined ? source : { ...source, isOneOf: (values) => hasNumber(byNumber, values) };
    }
    case "column":
      return columnSource(columns.column[field.name], columnType(field.name));
    case "categories":
      return categoriesSource(columns.categories);
    case "metadata":
      return metadataSource(columns.metadata, field.path);
  }
}

function columnSource(column: string, type: "string" | "number" | "boolean"): Source {
  const guarded = (sql: string, ...parameters: SqlValue[]): CompiledFilter => ({
    // A comparison with a NULL column is NULL; the guard makes it false.
    sql: `(${column} IS NOT NULL AND ${sql})`,
    parameters,
  });
  return {
    isPresent: literal(`(${column} IS NOT NULL)`),
    isOneOf: (values) => {
      const fitting = values.filter((value) => typeof value === type).map(toSqlValue);
      if (fitting.length === 0) return FALSE;
      // IS with a bound value can use an index and is never NULL.
      if (fitting.length === 1) return { sql: `(${column} IS ?)`, parameters: fitting };
      return guarded(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(fitting));
    },
    some: (test) => {
      if (test.operator === "icontains") {
        return type === "string" ? guarded(`instr(recollect_fold(${column}), ?) > 0`, foldCase(test.value)) : FALSE;
      }
      if (typeof test.value !== type) return FALSE;
      if (test.operator !== "contains") {
        return type === "boolean" ? FALSE : guarded(`${column} ${SIGN[test.operator]} ?`, toSqlValue(test.value));
      }
      return type === "string"
        ? guarded(`instr(${column}, ?) > 0`, toSqlValue(test.value))
        : { sql: `(${column} IS ?)`, parameters: [toSqlValue(test.value)] };
    },
  };
}

/** The ids' numbers are looked up once, and no row needs its id's text. */
function hasNumber(
  { column, numbers }: { readonly column: string; readonly numbers: string },
  values: readonly (string | number | boolean)[],
): CompiledFilter {
  const ids = values.filter((value) => typeof value === "string");
  if (ids.length === 0) return FALSE;
  return {
    sql: `(${column} IS NOT NULL AND ${column} IN (${numbers} IN (SELECT value FROM json_each(?))))`,
    parameters: [JSON.stringify(ids)],
  };
}

const SIGN = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;

function categoriesSource(column: string): Source {
  const some = (predicate: CompiledFilter): CompiledFilter => ({
    sql: `EXISTS (SELECT 1 FROM json_each(${column}) e WHERE ${predicate.sql})`,
    parameters: predicate.parameters,
  });
  return {
    isPresent: some(TRUE),
    isOneOf: (values) => some(elementIsOneOf(values, "recollect_fold(e.atom)")),
    some: (test) => some(elementTest(test, "recollect_fold(e.atom)")),
  };
}

function metadataSource(column: string, path: readonly string[]): Source {
  // JSON.stringify escapes names as SQLite's path syntax reads them back, quotes and NUL included.
  const nested = `$${path.map((name) => `.${JSON.stringify(name)}`).join("")}`;
  const whole = `$.${JSON.stringify(path.join("."))}`;
  const at: CompiledFilter =
    path.length === 1
      ? { sql: "?", parameters: [nested] }
      : {
          sql: `CASE WHEN json_type(${column}, ?) IS NULL THEN ? ELSE ? END`,
          parameters: [whole, nested, whole],
        };
  const some = (predicate: CompiledFilter): CompiledFilter => ({
    // json_each gives one row for a scalar (key NULL) and one per element of an array (key a number). The
    // members of an object (key a text) are not values of this field.
    sql: `EXISTS (SELECT 1 FROM json_each(${column}, ${at.sql}) e WHERE typeof(e.key) <> 'text' AND ${predicate.sql})`,
    parameters: [...at.parameters, ...predicate.parameters],
  });
  return {
    isPresent: {
      sql: `(coalesce(json_type(${column}, ${at.sql}), 'null') <> 'null')`,
      parameters: at.parameters,
    },
    isOneOf: (values) => some(elementIsOneOf(values, "e.atom")),
    some: (test) => some(elementTest(test, "e.atom")),
  };
}

const IS_TEXT = "e.type = 'text'";
const IS_NUMBER = "e.type IN ('integer', 'real')";
/** A JSON integer above 2^53 is read as 64 bits, a bound number as a double: compare both as doubles. */
const NUMBER = "CAST(e.atom AS REAL)";

/** `text` is the SQL of the element's text; with folding, operands are folded too. */
function elementIsOneOf(values: readonly (string | number | boolean)[], text: string): CompiledFilter {
  const parts: CompiledFilter[] = [];
  const texts = values.filter((value) => typeof value === "string").map((value) => operand(value, text));
  const numbers = values.filter((value) => typeof value === "number");
  if (texts.length === 1) parts.push({ sql: `(${IS_TEXT} AND ${text} = ?)`, parameters: texts });
  else if (texts.length > 1) {
    parts.push({
      sql: `(${IS_TEXT} AND ${text} IN (SELECT value FROM json_each(?)))`,
      parameters: [JSON.stringify(texts)],
    });
  }
  if (numbers.length === 1) parts.push({ sql: `(${IS_NUMBER} AND ${NUMBER} = ?)`, parameters: numbers });
  else if (numbers.length > 1) {
    parts.push({
      sql: `(${IS_NUMBER} AND ${NUMBER} IN (SELECT CAST(value AS REAL) FROM json_each(?)))`,
      parameters: [JSON.stringify(numbers)],
    });
  }
  for (const value of [true, false]) {
    if (values.includes(value)) parts.push(literal(`(e.type = '${value}')`));
  }
  return join(parts, "OR");
}

function elementTest(test: ValueTest, text: string): CompiledFilter {
  if (test.operator === "icontains") {
    return { sql: `(${IS_TEXT} AND instr(recollect_fold(e.atom), ?) > 0)`, parameters: [foldCase(test.value)] };
  }
  if (test.operator === "contains") {
    if (typeof test.value !== "string") return elementIsOneOf([test.value], text);
    return { sql: `(${IS_TEXT} AND instr(${text}, ?) > 0)`, parameters: [operand(test.value, text)] };
  }
  const sign = SIGN[test.operator];
  return typeof test.value === "number"
    ? { sql: `(${IS_NUMBER} AND ${NUMBER} ${sign} ?)`, parameters: [test.value] }
    : { sql: `(${IS_TEXT} AND ${text} ${sign} ?)`, parameters: [operand(test.value, text)] };
}

function operand(value: string, text: string): string {
  return text === "e.atom" ? value : foldCase(value);
}

function toSqlValue(value: string | number | boolean): string | number {
  return typeof value === "boolean" ? Number(value) : value;
}
