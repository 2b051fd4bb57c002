import type { MemoryItem } from "../../domain/search-result.ts";
import { mostImportant } from "./importance.ts";

interface ProfileLine {
  readonly text: string;
  readonly memory_ids: readonly string[];
}

/** Attributes of who somebody is, and of the people around; the part before a colon. */
const IDENTITY = new Set(
  "name nickname age birthday residence hometown nationality language speaks role employer school studies salary email phone address timezone pronouns height religion diet allergy health medication field_of_work".split(
    " ",
  ),
);
const PEOPLE = new Set(
  "family relationship_status partner spouse friend manager colleague neighbor roommate teammate pet".split(" "),
);
const TASTES = new Set("likes dislikes prefers preference favorite avoids drink units theme".split(" "));
const PROJECT = /\bprojects?\b/iu;

const SECTIONS: readonly (readonly [string, (item: MemoryItem, family: string) => boolean])[] = [
  ["instructions", ({ kind }) => kind === "instruction" || kind === "procedure"],
  ["people", ({ attribute }, family) => PEOPLE.has(family) || (family !== "" && attribute?.subject !== "user")],
  ["identity", (_item, family) => IDENTITY.has(family)],
  ["preferences", ({ categories }, family) => TASTES.has(family) || categories.includes("user_preferences")],
  ["projects", ({ memory }, family) => PROJECT.test(`${family} ${memory}`)],
  ["identity", ({ categories }) => categories.includes("personal_details")],
  ["more", () => true],
];
const MOST_LINES = 20;

/**
 * A user's profile without a language model: each memory in the first section that fits, the most important ones of
 * each, word for word with the ids they rest on. What says the same is one line.
 */
export function profileShape(items: readonly MemoryItem[], now: number): Readonly<Record<string, ProfileLine[]>> {
  const sections = new Map<string, MemoryItem[]>(
    ["identity", "preferences", "instructions", "projects", "people", "more"].map((name) => [name, []]),
  );
  for (const item of items) {
    const family = (item.attribute?.attribute.split(":", 1)[0] ?? "").replaceAll(" ", "_");
    const [name = "more"] = SECTIONS.find(([, fits]) => fits(item, family)) ?? [];
    sections.get(name)?.push(item);
  }
  return Object.fromEntries(
    [...sections].map(([name, members]) => [name, linesOf(mostImportant(members, MOST_LINES, now))]),
  );
}

function linesOf(items: readonly MemoryItem[]): ProfileLine[] {
  const lines = new Map<string, string[]>();
  for (const { memory, id } of items) lines.set(memory, [...(lines.get(memory) ?? []), id]);
  return [...lines].map(([text, ids]) => ({ text, memory_ids: ids }));
}
