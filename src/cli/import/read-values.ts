import { createHash } from "node:crypto";
import type { Mention } from "../../domain/entity.ts";
import type { EntityType } from "../../domain/entity.ts";

export type Values = Readonly<Record<string, unknown>>;

/** The first of the names that holds something: columns and keys of one meaning changed their names over time. */
export function pickValue(row: Values, ...names: readonly string[]): unknown {
  return names.map((name) => row[name]).find((value) => value !== undefined && value !== null && value !== "");
}

export function pickText(row: Values, ...names: readonly string[]): string | null {
  const value = pickValue(row, ...names);
  if (typeof value === "string") return value.trim() === "" ? null : value;
  return typeof value === "number" || typeof value === "bigint" ? String(value) : null;
}

/** A list of texts, also one that stands as JSON in a text, as columns of SQLite hold it. */
export function readTexts(value: unknown): string[] {
  let list: unknown = value;
  if (typeof value === "string") {
    try {
      list = JSON.parse(value);
    } catch {
      // A plain text, with commas or alone.
      list = value.split(",");
    }
    if (!Array.isArray(list)) list = [value];
  }
  if (!Array.isArray(list)) return [];
  return list.flatMap((each) => (typeof each === "string" && each.trim() !== "" ? [each.trim()] : []));
}

/** An id of ours from a name of theirs: ids hold no white space. */
export function idFrom(value: string | null): string | undefined {
  const id = value?.trim().replaceAll(/\s+/gu, "-");
  return id === undefined || id === "" ? undefined : id;
}

/** The same in every run, for what has no id. */
export function digestOf(...parts: readonly (string | number | null)[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** Without what is empty: metadata shows what there was. */
export function withoutEmpty(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) =>
        value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

const ENTITY_WORDS: Readonly<Record<string, EntityType>> = {
  person: "person", people: "person", user: "person", human: "person", character: "person", contact: "person",
  place: "place", location: "place", city: "place", country: "place",
  organization: "organization", organisation: "organization", company: "organization", team: "organization", org: "organization",
  product: "product", tool: "product", technology: "product", software: "product", library: "product", framework: "product",
  project: "project", repository: "project", repo: "project",
  concept: "concept", topic: "concept", pattern: "concept", decision: "concept", preference: "concept",
  date: "date", event: "other",
}; // prettier-ignore

/** Systems name types freely; ours are few. */
export function mentionOf(name: string, type: string | null): Mention {
  return { name, type: ENTITY_WORDS[type?.trim().toLowerCase() ?? ""] ?? "other" };
}
