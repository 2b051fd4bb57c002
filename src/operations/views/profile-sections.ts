import type { MemoryItem } from "../../domain/search-result.ts";
import { mostImportant } from "./importance.ts";
import type { ViewLine } from "./view-line.ts";

/** The parts of a profile, in the order in which they are shown. */
export const PROFILE_SECTIONS = ["identity", "preferences", "instructions", "projects", "people", "more"] as const;

export type ProfileSection = (typeof PROFILE_SECTIONS)[number];

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

const RULES: readonly (readonly [ProfileSection, (item: MemoryItem, family: string) => boolean])[] = [
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
 * The lines of a profile by rules: each memory in the first section that fits, the most important ones of each, word
 * for word. What says the same is one line.
 */
export function profileLines(items: readonly MemoryItem[], now: number): readonly ViewLine[] {
  const sections = new Map<ProfileSection, MemoryItem[]>(PROFILE_SECTIONS.map((name) => [name, []]));
  for (const item of items) {
    const family = (item.attribute?.attribute.split(":", 1)[0] ?? "").replaceAll(" ", "_");
    const [name = "more"] = RULES.find(([, fits]) => fits(item, family)) ?? [];
    sections.get(name)?.push(item);
  }
  return [...sections].flatMap(([name, members]) => linesOf(name, mostImportant(members, MOST_LINES, now)));
}

/** Standing rules are quoted, whoever makes the rest: a model that rewords an order changes it. */
export function instructionLines(items: readonly MemoryItem[], now: number): readonly ViewLine[] {
  const rules = items.filter((item) => RULES[0]?.[1](item, "") === true);
  return linesOf("instructions", mostImportant(rules, MOST_LINES, now));
}

function linesOf(heading: ProfileSection, items: readonly MemoryItem[]): ViewLine[] {
  const lines = new Map<string, ViewLine>();
  for (const { memory: text, id, createdAt } of items) {
    const known = lines.get(text);
    lines.set(text, {
      heading,
      text,
      memoryIds: [...(known?.memoryIds ?? []), id],
      createdAt: known === undefined || known.createdAt < createdAt ? createdAt : known.createdAt,
    });
  }
  return [...lines.values()];
}
