import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { countTokens } from "../text/token-count.ts";
import {
  EXTRACT_FACTS_INSTRUCTIONS,
  EXTRACT_FACTS_VERSION,
  FACTS_REMINDER,
  FACTS_SCHEMA,
  renderFacts,
} from "./extract-facts.ts";
import {
  EXTRACT_PROCEDURE_INSTRUCTIONS,
  EXTRACT_PROCEDURE_VERSION,
  PROCEDURE_SCHEMA,
  renderProcedure,
} from "./extract-procedure.ts";
import { FILL_SCHEMA_INSTRUCTIONS, FILL_SCHEMA_VERSION, FILLED_SCHEMA } from "./fill-schema.ts";
import { FIND_PATTERNS_INSTRUCTIONS, FIND_PATTERNS_VERSION, PATTERNS_SCHEMA } from "./find-patterns.ts";
import { quoteText } from "./quote-message.ts";
import { SUMMARIZE_INSTRUCTIONS, SUMMARIZE_VERSION, SUMMARY_SCHEMA } from "./summarize.ts";
import { PROFILE_SCHEMA, WRITE_PROFILE_INSTRUCTIONS, WRITE_PROFILE_VERSION } from "./write-profile.ts";

const SAID_AT = Date.UTC(2024, 4, 7, 12, 30);
const message = { id: "a", role: "user" as const, name: "Ana", text: 'I said "no".\nTwice.', saidAt: SAID_AT };

/**
 * More than any tokenizer of today makes of English: a token for each four letters of a word begun, one for each sign
 * and number, none for the space in front of a word.
 */
function strictTokens(text: string): number {
  return Array.from(text.matchAll(/\p{L}+|\d{1,3}|[^\s\p{L}\d]|\n/gu)).reduce(
    (sum, [piece]) => sum + (/^\p{L}/u.test(piece) && piece.length > 8 ? Math.ceil(piece.length / 6) : 1),
    0,
  );
}

/** Version and digest of the words of it. Both change together. */
const VERSIONS = [
  [1, "b8afbf5e44080e0b"],
  [1, "92272e4744593e7c"],
  [1, "cf2cd2fecdf46703"],
  [1, "c2ed93858fa773c8"],
  [1, "f0b545e233d9edde"],
  [1, "cf66523409e9c3a4"],
];

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

describe("instructions", () => {
  test.each([
    ["facts", EXTRACT_FACTS_INSTRUCTIONS],
    ["procedure", EXTRACT_PROCEDURE_INSTRUCTIONS],
    ["profiles", WRITE_PROFILE_INSTRUCTIONS],
    ["summaries", SUMMARIZE_INSTRUCTIONS],
    ["forms", FILL_SCHEMA_INSTRUCTIONS],
    ["patterns", FIND_PATTERNS_INSTRUCTIONS],
  ])("those for %s have at most 900 tokens by either count", (_name, text) => {
    expect(countTokens(text)).toBeLessThanOrEqual(900);
    expect(strictTokens(text)).toBeLessThanOrEqual(900);
  });

  test("have another version when their words change", () => {
    const versions = [
      [EXTRACT_FACTS_VERSION, digest(EXTRACT_FACTS_INSTRUCTIONS)],
      [EXTRACT_PROCEDURE_VERSION, digest(EXTRACT_PROCEDURE_INSTRUCTIONS)],
      [WRITE_PROFILE_VERSION, digest(WRITE_PROFILE_INSTRUCTIONS)],
      [SUMMARIZE_VERSION, digest(SUMMARIZE_INSTRUCTIONS)],
      [FILL_SCHEMA_VERSION, digest(FILL_SCHEMA_INSTRUCTIONS)],
      [FIND_PATTERNS_VERSION, digest(FIND_PATTERNS_INSTRUCTIONS)],
    ];
    expect(versions).toEqual(VERSIONS);
  });

  test("name every key that the schema has", () => {
    const { properties } = FACTS_SCHEMA as { properties: { facts: { items: { properties: object } } } };
    for (const key of Object.keys(properties.facts.items.properties)) expect(EXTRACT_FACTS_INSTRUCTIONS).toContain(key);
    for (const key of Object.keys(PROCEDURE_SCHEMA["properties"] as object))
      expect(EXTRACT_PROCEDURE_INSTRUCTIONS).toContain(`- ${key}`);
  });

  test("schemas are strict: every object requires all its keys and allows no others", () => {
    const check = (schema: unknown): void => {
      if (typeof schema !== "object" || schema === null) return;
      const { type, properties, required, additionalProperties } = schema as Record<string, unknown>;
      const keys = type === "object" ? Object.keys(properties as object) : undefined;
      expect([required, additionalProperties]).toEqual(keys === undefined ? [undefined, undefined] : [keys, false]);
      for (const inner of Object.values((properties ?? {}) as object)) check(inner);
      check((schema as Record<string, unknown>)["items"]);
    };
    check(FACTS_SCHEMA);
    check(PROCEDURE_SCHEMA);
    check(PROFILE_SCHEMA);
    check(SUMMARY_SCHEMA);
    check(PATTERNS_SCHEMA);
    check(FILLED_SCHEMA);
  });
});

describe("the prompt", () => {
  test("has the messages as numbered JSON with role, name and time, and what is known by small numbers", () => {
    const before = [{ ...message, id: "b", role: "assistant" as const, text: "Really?" }];
    expect(renderFacts([message], { before, known: ["Ana says no"] })).toBe(
      [
        "Date of the conversation: 2024-05-07",
        "Known:",
        '1: "Ana says no"',
        "Earlier, to understand what follows; no facts from these:",
        '{"role":"assistant","name":"Ana","time":"2024-05-07T12:30Z","text":"Really?"}',
        "Messages:",
        String.raw`[1] {"role":"user","name":"Ana","time":"2024-05-07T12:30Z","text":"I said \"no\".\nTwice."}`,
      ].join("\n"),
    );
    expect(renderFacts([message], { before })).not.toContain('"a"');
  });

  test("has the application's guidance, quoted, on lines of its own", () => {
    const guidance = {
      customInstructions: "Be brief.\nKeep names.",
      includes: "food",
      excludes: "health",
      customCategories: { food: 'what people "eat"' },
      agentCustomInstructions: "Only tools.",
    };
    const lines = renderFacts([message], { before: [], guidance }).split("\n");
    expect(lines.slice(1, 6)).toEqual([
      "Guidance:",
      String.raw`instructions: "Be brief.\nKeep names."`,
      'store only: "food"',
      'never store: "health"',
      String.raw`category "food": "what people \"eat\""`,
    ]);
    const agents = renderFacts([message], { before: [], guidance, scope: { agentId: "bot" } });
    expect(agents).toContain('Memory of the agent "bot"');
    expect(agents).toContain('instructions: "Only tools."');
    expect(renderFacts([message], { before: [], guidance, scope: { agentId: "bot", userId: "u" } })).toContain(
      "Be brief",
    );
    expect(EXTRACT_FACTS_INSTRUCTIONS).not.toContain("food");
  });

  test("shows of a tool's output its head alone, and of a long document its beginning", () => {
    const tool = { ...message, role: "tool" as const, text: "x ".repeat(5000) };
    const long = { ...message, text: "y ".repeat(100_000) };
    expect(renderFacts([tool], { before: [] }).length).toBeLessThan(700);
    expect(renderFacts([long], { before: [] }).length).toBeLessThan(13_000);
    expect(
      renderFacts(
        Array.from({ length: 1000 }, () => long),
        { before: [] },
      ).length,
    ).toBeLessThan(600_000);
    expect(renderProcedure([tool], { before: [] }).length).toBeGreaterThan(9000);
  });

  test.each(["a\u2028b", "😀\u{e0041}", "\u202eabc", "<|im_end|>", "[INST]", '"\\', "\u0000", "```", "</system>"])(
    "%j parses back to itself",
    (text) => {
      expect(JSON.parse(quoteText(text))).toBe(text);
    },
  );

  test("a pair of surrogates is not cut in two", () => {
    const text = `${"a".repeat(299)}😀`;
    expect(renderFacts([message], { before: [], known: [text] }).isWellFormed()).toBe(true);
    expect(renderFacts([{ ...message, text: `${"a".repeat(11_999)}😀` }], { before: [] }).isWellFormed()).toBe(true);
  });

  test("the reminder is one line", () => {
    expect(FACTS_REMINDER).not.toContain("\n");
  });
});
