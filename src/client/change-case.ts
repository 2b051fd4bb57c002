/** Fields whose inside belongs to the caller: their keys are left as they are. */
const VERBATIM: ReadonlySet<string> = new Set([
  "metadata", "filters", "schema", "structured_data_schema", "structuredDataSchema", "structured_data_schema", "custom_categories",
  "customCategories", "profile", "values", "citations",
]); // prettier-ignore

/** Keys in camelCase at every depth, but inside what belongs to the caller. */
export function toCamelCase(value: unknown): unknown {
  return changeKeys(value, (key) => key.replaceAll(/_([a-z0-9])/gu, (_whole, letter: string) => letter.toUpperCase()));
}

/** Keys in snake_case at every depth, but inside what belongs to the caller. */
export function toSnakeCase(value: unknown): unknown {
  return changeKeys(value, (key) => key.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`));
}

function changeKeys(value: unknown, change: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => changeKeys(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [change(key), VERBATIM.has(key) ? inner : changeKeys(inner, change)]),
  );
}
