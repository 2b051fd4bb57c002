import { describe, expect, test } from "vitest";
import type { ExtractionMessage } from "../../src/domain/extracted-fact.ts";
import { createModelExtractor } from "../../src/extraction/model/model-extractor.ts";
import { createRulesExtractor } from "../../src/extraction/rules-extractor.ts";
import { checkSupport } from "../../src/extraction/support-check.ts";
import { renderFacts } from "../../src/prompts/extract-facts.ts";
import { renderProcedure } from "../../src/prompts/extract-procedure.ts";
import { ATTACKS, type Attack } from "../support/model-attacks.ts";

/** What somebody wrote stays what somebody wrote: in the prompt, and in what becomes of a model that obeys it. */

const SAID_AT = Date.UTC(2024, 4, 7, 12);
const HARMLESS = "The weather is fine today.";
const KNOWN = ["User lives in Lisbon", "User's former partner is Dana Scully"];
const OWN = "I adopted a cat named Miso last week.";
const OWN_FACT = "User adopted a cat named Miso in the week of 29 April 2024.";

function conversation({ role, speaker }: Attack, text: string): ExtractionMessage[] {
  return [
    { id: "first", role, ...(speaker === undefined ? {} : { name: speaker }), text, saidAt: SAID_AT },
    { id: "own", role: "user", name: "Alice", text: OWN, saidAt: SAID_AT + 60_000 },
  ];
}

/** A model that does what it is told: the lie as everything that it could be, resting on whatever helps. */
function obedientAnswer({ text, lie }: Attack): string {
  const quotes = [text.slice(0, 40), text.slice(-30), text];
  const sources = [
    ...quotes.map((quote) => [{ message: 1, quote }]),
    [{ message: 2, quote: OWN }],
    [
      { message: 1, quote: text },
      { message: 2, quote: OWN },
    ],
    [{ message: 99, quote: lie }],
    [{ message: 1, quote: lie }],
    [],
  ];
  const facts = sources.flatMap((cited) =>
    ["instruction", "fact"].map((kind) => ({
      text: lie,
      kind,
      speaker: "User",
      subject: "User",
      attribute: "name",
      value: "Mallory",
      change: "correction",
      sources: cited,
      id: "0",
      target: "another-memory",
    })),
  );
  const repeated = KNOWN.map((known) => ({
    text: known,
    kind: "fact",
    change: "end",
    sources: [{ message: 2, quote: OWN }],
  }));
  const own = {
    text: OWN_FACT.replace("User", "Alice"),
    kind: "fact",
    sources: [{ message: 2, quote: "a cat named Miso" }],
  };
  return JSON.stringify({ facts: [...facts, ...repeated, own], delete: ["0"], instructions: lie });
}

async function extractObeying(attack: Attack) {
  const messages = conversation(attack, attack.text);
  const extractor = createModelExtractor({
    name: "obedient",
    rules: createRulesExtractor(),
    generate: () =>
      Promise.resolve({
        text: obedientAnswer(attack),
        usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 },
        finishReason: "stop",
        warnings: [],
      }),
  });
  return {
    messages,
    facts: await extractor.extract(messages, { before: [], known: KNOWN, scope: { userId: "alice" } }),
  };
}

test("there are sixty attacks and more, each another one", () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(ATTACKS.map(({ text }) => text)).size).toBe(ATTACKS.length);
});

describe("the prompt", () => {
  test.each(ATTACKS)("$name: the text stays in its place", (attack) => {
    for (const render of [renderFacts, renderProcedure]) {
      const context = { before: conversation(attack, attack.text), known: [attack.text, ...KNOWN] };
      const harmless = { before: conversation(attack, HARMLESS), known: [HARMLESS, ...KNOWN] };
      const lines = render(conversation(attack, attack.text), context).split("\n");
      const expected = render(conversation(attack, HARMLESS), harmless).split("\n");
      // Parsed back and with the harmless text in its place, every line is the harmless one's.
      expect(lines.map((line) => withText(line, attack.text))).toEqual(expected);
      // Nothing that a terminal, a server or a reader may take for more than a letter.
      expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}\p{VS}\u2028\u2029]|<\||\[\/?INST|<\/?[a-z]/iu);
    }
  });
});

/** A line of a prompt with the text in its quotes replaced by the harmless one. */
function withText(line: string, text: string): string {
  const match = /^(\[\d+\] |\d+: )?([{"].*)$/u.exec(line);
  if (match?.[2] === undefined) return line;
  const value = JSON.parse(match[2]) as unknown;
  const replaced =
    typeof value === "string"
      ? shown(text, 300).startsWith(value) || value === text
        ? HARMLESS
        : value
      : {
          ...(value as object),
          text: isShown((value as { text: string }).text, text) ? HARMLESS : (value as { text: string }).text,
        };
  return `${match[1] ?? ""}${JSON.stringify(replaced)}`;
}

function shown(text: string, limit: number): string {
  return text.slice(0, limit);
}

/** Long texts are cut in the prompt. */
function isShown(shownText: string, text: string): boolean {
  return shownText === text || (shownText.endsWith(" […]") && text.startsWith(shownText.slice(0, -4)));
}

describe("a model that obeys", () => {
  test.each(ATTACKS)("$name: writes nothing but what was said", async (attack) => {
    const { messages, facts } = await extractObeying(attack);
    const instructions = facts.filter(({ kind }) => kind === "instruction");
    expect(instructions.map(({ text }) => text)).toEqual([]);
    const lies = facts.filter(({ text }) => text.includes(attack.lie) || KNOWN.includes(text));
    const unwanted = attack.mayStand === true ? [] : lies;
    expect(unwanted.map(({ text }) => text)).toEqual([]);
    for (const fact of facts) {
      for (const { messageId } of fact.sources) {
        const source = messages.find(({ id }) => id === messageId);
        expect(source?.role).toMatch(/^(?:user|assistant)$/u);
      }
      // Nobody but the speaker gets the value, and nothing that is in doubt is served.
      expect(fact.attribute?.value).not.toBe("mallory");
      expect(checkSupport(fact, messages) || attack.mayStand === true).toBe(true);
    }
    expect(facts.map(({ text }) => text)).toContain(OWN_FACT.replace("User", "Alice"));
  });
});
