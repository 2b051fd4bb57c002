import type { Filter, FilterColumn, FilterCondition, FilterField, FilterScalar } from "./filter.ts";
import type { MemoryRecord } from "./memory.ts";

/**
 * Whether the memory satisfies the filter. These few lines are the meaning of a filter; every store's own
 * translation must select the same rows.
 */
export function evaluateFilter(filter: Filter, record: MemoryRecord): boolean {
  switch (filter.type) {
    case "and":
      return filter.filters.every((part) => evaluateFilter(part, record));
    case "or":
      return filter.filters.some((part) => evaluateFilter(part, record));
    case "not":
      return !evaluateFilter(filter.filter, record);
    case "condition":
      return holds(filter, valueOf(filter.field, record), filter.field.kind === "categories");
  }
}

/** Orders texts by Unicode code point, as UTF-8 bytes do. JavaScript's `<` compares UTF-16 units instead. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const leftUnit = left.charCodeAt(index);
    const rightUnit = right.charCodeAt(index);
    if (leftUnit !== rightUnit) return rank(leftUnit) - rank(rightUnit);
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above U+FFFF, so they rank after U+E000 to U+FFFF. */
function rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** The text under which case is ignored. Upper case first, so that "ß" meets "SS" and both sigmas are one. */
export function foldCase(text: string): string {
  return text.normalize("NFC").toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

interface Value {
  readonly isPresent: boolean;
  readonly elements: readonly FilterScalar[];
}

const MISSING: Value = { isPresent: false, elements: [] };

function holds(condition: FilterCondition, value: Value, isFolded: boolean): boolean {
  const prepare = (operand: FilterScalar): FilterScalar =>
    isFolded && typeof operand === "string" ? foldCase(operand) : operand;
  const elements = isFolded ? value.elements.map(prepare) : value.elements;
  const equals = (operand: FilterScalar): boolean =>
    operand === null ? !value.isPresent : elements.includes(prepare(operand));

  switch (condition.operator) {
    case "eq":
      return equals(condition.value);
    case "ne":
      return !equals(condition.value);
    case "in":
      return condition.value.some(equals);
    case "nin":
      return !condition.value.some(equals);
    case "contains": {
      const part = prepare(condition.value);
      return typeof part === "string"
        ? elements.some((element) => typeof element === "string" && element.includes(part))
        : elements.includes(part);
    }
    case "icontains": {
      const part = foldCase(condition.value);
      return elements.some((element) => typeof element === "string" && foldCase(element).includes(part));
    }
    case "exists":
      return value.isPresent === condition.value;
    default: {
      const { operator } = condition;
      const bound = prepare(condition.value) as string | number;
      return elements.some((element) => {
        const order = compare(element, bound);
        if (order === undefined) return false;
        if (operator === "gt") return order > 0;
        if (operator === "gte") return order >= 0;
        return operator === "lt" ? order < 0 : order <= 0;
      });
    }
  }
}

function compare(left: FilterScalar, right: string | number): number | undefined {
  if (typeof left === "number" && typeof right === "number") return left === right ? 0 : left > right ? 1 : -1;
  return typeof left === "string" && typeof right === "string" ? compareCodePoints(left, right) : undefined;
}

function valueOf(field: FilterField, record: MemoryRecord): Value {
  switch (field.kind) {
    case "scope":
      return single(record.scope[field.key]);
    case "column":
      return single(columnOf(field.name, record));
    case "categories":
      return { isPresent: record.categories.length > 0, elements: record.categories };
    case "metadata": {
      const found = metadataAt(record.metadata, field.path);
      if (found === undefined || found === null) return MISSING;
      if (Array.isArray(found)) return { isPresent: true, elements: found.filter(isScalar) };
      return { isPresent: true, elements: isScalar(found) ? [found] : [] };
    }
  }
}

function single(value: FilterScalar | undefined): Value {
  return value === undefined || value === null ? MISSING : { isPresent: true, elements: [value] };
}

function columnOf(name: FilterColumn, record: MemoryRecord): FilterScalar | undefined {
  return name === "attribute" ? record.attribute?.attribute : record[name];
}

function metadataAt(metadata: unknown, path: readonly string[]): unknown {
  const literal = path.join(".");
  if (path.length > 1 && hasOwn(metadata, literal)) return metadata[literal];
  let current = metadata;
  for (const name of path) {
    if (!hasOwn(current, name)) return undefined;
    current = current[name];
  }
  return current;
}

function hasOwn(value: unknown, name: string): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
