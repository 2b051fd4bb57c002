import type { ScopeKey } from "./scope.ts";

/** Columns of a memory that hold one text; missing ones are null. */
export const TEXT_COLUMNS = [
  "id",
  "kind",
  "state",
  "role",
  "name",
  "text",
  "language",
  "attribute",
  "expirationDate",
] as const;

/** Columns that hold epoch milliseconds. */
export const TIME_COLUMNS = ["saidAt", "createdAt", "updatedAt", "validFrom", "validTo"] as const;

/** Columns that hold true or false. */
export const FLAG_COLUMNS = ["isImmutable", "isVerified"] as const;

export type TextColumn = (typeof TEXT_COLUMNS)[number];
export type TimeColumn = (typeof TIME_COLUMNS)[number];
export type FlagColumn = (typeof FLAG_COLUMNS)[number];
export type FilterColumn = TextColumn | TimeColumn | FlagColumn;

export type FilterField =
  | { readonly kind: "scope"; readonly key: ScopeKey }
  | { readonly kind: "column"; readonly name: FilterColumn }
  /** Compared without regard to case. */
  | { readonly kind: "categories" }
  /**
   * The names on the way into nested objects, never into arrays. With two or more, a top-level key spelled as
   * the names joined by dots takes precedence, so that `a.b` finds both `{ "a.b": 1 }` and `{ a: { b: 1 } }`.
   */
  | { readonly kind: "metadata"; readonly path: readonly string[] };

export type FilterScalar = string | number | boolean | null;

/**
 * What a field is held against. A missing value and null are the same thing. `ne` and `nin` are the exact
 * opposites of `eq` and `in`, so they hold where the field is missing. An array in metadata, and the
 * categories, satisfy a condition when any one of their elements does. Nothing is coerced: numbers compare
 * with numbers, texts with texts, by Unicode code point.
 */
export type FilterTest =
  | { readonly operator: "eq" | "ne"; readonly value: FilterScalar }
  | { readonly operator: "gt" | "gte" | "lt" | "lte"; readonly value: string | number }
  | { readonly operator: "in" | "nin"; readonly value: readonly FilterScalar[] }
  /** A part of a text, or the same number or boolean. */
  | { readonly operator: "contains"; readonly value: string | number | boolean }
  | { readonly operator: "icontains"; readonly value: string }
  | { readonly operator: "exists"; readonly value: boolean };

export type FilterOperator = FilterTest["operator"];

export const FILTER_OPERATORS: readonly FilterOperator[] = [
  "eq",
  "ne",
  "gt",
  "gte",
  "lt",
  "lte",
  "in",
  "nin",
  "contains",
  "icontains",
  "exists",
];

export type FilterCondition = { readonly type: "condition"; readonly field: FilterField } & FilterTest;

/** A condition on memories. `and` of nothing holds for every memory, `or` of nothing for none. */
export type Filter =
  | { readonly type: "and" | "or"; readonly filters: readonly Filter[] }
  | { readonly type: "not"; readonly filter: Filter }
  | FilterCondition;

/** All of them; one filter stays itself. */
export function allOf(filters: readonly Filter[]): Filter {
  return filters.length === 1 ? (filters[0] as Filter) : { type: "and", filters };
}

/** Any of them; one filter stays itself. */
export function anyOf(filters: readonly Filter[]): Filter {
  return filters.length === 1 ? (filters[0] as Filter) : { type: "or", filters };
}

export function noneOf(filters: readonly Filter[]): Filter {
  return { type: "not", filter: anyOf(filters) };
}

export function condition(field: FilterField, test: FilterTest): FilterCondition {
  return { type: "condition", field, ...test };
}

/** What a column's values are, for comparing without coercion. */
export function columnType(name: FilterColumn): "string" | "number" | "boolean" {
  if ((TIME_COLUMNS as readonly string[]).includes(name)) return "number";
  return (FLAG_COLUMNS as readonly string[]).includes(name) ? "boolean" : "string";
}
