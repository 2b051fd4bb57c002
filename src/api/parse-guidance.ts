import type { ExtractionGuidance } from "../domain/extraction-guidance.ts";
import { invalidInput } from "../errors.ts";
import { describeValue, pick } from "./parse-options.ts";
import type { Options } from "./parse-options.ts";

export const GUIDANCE_OPTION_NAMES: readonly string[] = [
  "customInstructions", "custom_instructions", "customCategories", "custom_categories", "includes", "excludes",
  "agentCustomInstructions", "agent_custom_instructions",
]; // prettier-ignore

/** Longest text of one option: it goes into every request to the model. */
const MAX_CHARACTERS = 20_000;
const MAX_CATEGORIES = 100;

/**
 * What the caller asks of extraction. Categories: names, `{ name: description }` objects (Mem0's list of one-entry
 * objects), or one object of them.
 * @throws MemoryError `invalid_input` naming the option.
 */
export function parseGuidance(options: Options): ExtractionGuidance {
  const text = (name: string, ...aliases: string[]): { [key: string]: string } => {
    const value = pick(options, name, ...aliases);
    if (value === undefined || value === null || value === "") return {};
    if (typeof value !== "string" || value.length > MAX_CHARACTERS) {
      throw invalidInput(
        `${name} must be a text of at most ${MAX_CHARACTERS} characters, got ${describeValue(value)}.`,
      );
    }
    return { [name]: value };
  };
  const categories = readCategories(pick(options, "customCategories", "custom_categories"));
  return {
    ...text("customInstructions", "custom_instructions"),
    ...text("includes"),
    ...text("excludes"),
    ...text("agentCustomInstructions", "agent_custom_instructions"),
    ...(categories === null ? {} : { customCategories: categories }),
  };
}

function readCategories(value: unknown): Readonly<Record<string, string>> | null {
  if (value === undefined || value === null) return null;
  const entries: [string, unknown][] = [];
  for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (typeof item === "string") entries.push([item, ""]);
    else if (typeof item === "object" && item !== null && !Array.isArray(item)) entries.push(...Object.entries(item));
    else throw refusal(item);
  }
  if (entries.length > MAX_CATEGORIES)
    throw invalidInput(`customCategories holds at most ${MAX_CATEGORIES} categories, got ${entries.length}.`);
  for (const [name, description] of entries) {
    if (name.trim() === "" || name.length > 200) throw refusal(name);
    if (typeof description !== "string" || description.length > 2_000) throw refusal(description);
  }
  if (entries.length === 0) return null;
  return Object.fromEntries(entries.filter(([name]) => name !== "__proto__")) as Record<string, string>;
}

function refusal(value: unknown): Error {
  return invalidInput(
    `customCategories expects names, or objects of names and descriptions such as { travel: "trips and plans" }, got ${describeValue(value)}.`,
  );
}
