import { describe, expect, it } from "vitest";
import { IDLE, STATEMENTS, UPDATES } from "../../../../test/support/statements-by-language.ts";
import { createStore } from "../../../../test/support/reconcile-store.ts";
import type { ExtractedFact } from "../../../domain/extracted-fact.ts";
import { createRulesExtractor } from "../../rules-extractor.ts";
import { checkSupport } from "../../support-check.ts";

/** A Wednesday. */
const SAID_AT = Date.UTC(2024, 4, 8, 10);
const MARKS = { none: "", change: "~", correction: "#", end: "!" } as const;

async function factsOf(text: string, name?: string): Promise<readonly ExtractedFact[]> {
  const message = { id: "m", role: "user" as const, text, saidAt: SAID_AT, ...(name === undefined ? {} : { name }) };
  const facts = await createRulesExtractor().extract([message], { before: [] });
  expect(facts.filter((fact) => !checkSupport(fact, [message])).map((fact) => fact.text)).toEqual([]);
  return facts;
}

function shown({ kind, text, attribute, cue }: ExtractedFact): string {
  const slot = attribute === undefined ? "" : ` {${MARKS[cue]}${attribute.attribute}=${attribute.value}}`;
  return `${kind === "instruction" ? "rule: " : ""}${text}${slot}`;
}

describe.each(Object.keys(STATEMENTS))("%s", (language) => {
  it.each(STATEMENTS[language] ?? [])("%j", async (text, ...expected) => {
    const facts = await factsOf(text);
    expect(facts.map(shown)).toEqual(expected);
    expect(new Set(facts.map((fact) => fact.language))).toEqual(new Set([language]));
  });

  it.each(UPDATES[language] ?? [])("%j, then %j", async (first, then, value) => {
    const store = createStore();
    for (const [index, text] of [first, then].entries()) {
      const facts = await factsOf(text);
      store.add(
        facts.map((fact, part) => ({ ...fact, id: `${index}-${part}`, saidAt: SAID_AT + index * 86_400_000 * 30 })),
      );
    }
    expect(store.current()).toEqual([value]);
    expect(store.records()).toHaveLength(2);
    expect(store.valuesAt(SAID_AT + 86_400_000)).toHaveLength(1);
    expect(store.valuesAt(SAID_AT + 86_400_000)).not.toEqual([value]);
  });

  it.each(IDLE[language] ?? [])("%j makes no fact", async (text) => {
    expect((await factsOf(text)).map(shown)).toEqual([]);
  });

  it("names a speaker who has a name", async () => {
    const [text] = STATEMENTS[language]?.[0] ?? [""];
    const [fact] = await factsOf(text, "Robin");
    expect(fact?.text).toContain("Robin");
    expect(fact?.attribute?.subject).toBe("robin");
  });
});
