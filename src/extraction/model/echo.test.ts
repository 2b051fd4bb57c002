import { expect, test } from "vitest";
import { extractProposed, rules, said } from "../../../test/support/model-proposals.ts";
import { ORDINARY_MESSAGES } from "../../../test/support/ordinary-chat.ts";
import { STATEMENTS } from "../../../test/support/statements-by-language.ts";
import { generateUpdateScenarios } from "../../../test/support/update-phrasings.ts";
import type { ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import { isBoilerplate } from "../../text/boilerplate.ts";

/** What decides later: slot, change and time of a fact. */
const weight = ({ attribute, cue, kind, validFrom, validTo, name }: ExtractedFact): string =>
  [kind, name, ...Object.values(attribute ?? {}), attribute === undefined ? "" : cue, validFrom, validTo].join("|");

/** A model that says what the rules say. */
function echo(facts: readonly ExtractedFact[], messages: readonly ExtractionMessage[]) {
  return facts.map(({ text, kind, attribute, cue, sources: [source] }) => {
    const index = messages.findIndex(({ id }) => id === source?.messageId);
    const [span] = source?.spans ?? [];
    return {
      text,
      kind,
      attribute: attribute?.attribute,
      value: attribute?.value,
      change: cue,
      sources: [{ message: index + 1, quote: messages[index]?.text.slice(span?.start, span?.end) }],
    };
  });
}

test("a model that says what the rules say changes nothing, in any language", async () => {
  const statements = Object.entries(STATEMENTS).flatMap(([language, list]) =>
    list.map(([text]) => ({ text, language, saidAt: Date.UTC(2024, 4, 8) })),
  );
  const updates = generateUpdateScenarios(80, 7).flatMap(({ statements: told }) =>
    told.map(({ text, saidAt }) => ({ text, saidAt })),
  );
  const wrong: string[] = [];
  let count = 0;
  for (const turn of [...statements, ...updates]) {
    const messages = said(turn);
    const byRules = await rules.extract(messages, { before: [] });
    count += byRules.length;
    const { facts } = await extractProposed(messages, [echo(byRules, messages)]);
    const expected = byRules.map(weight).toSorted();
    if (JSON.stringify(facts.map(weight).toSorted()) !== JSON.stringify(expected)) wrong.push(turn.text);
  }
  expect(count).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});

test("what is nothing stays nothing, however sure a model is", async () => {
  const nothing = ORDINARY_MESSAGES.filter(({ content, role }) => isBoilerplate(content, role));
  expect(nothing.length).toBeGreaterThan(30);
  for (const { content, role } of nothing) {
    const messages = said({ role, text: content }, "I keep bees near Ghent.");
    const lie = {
      text: `User says ${content.slice(0, 200)}`,
      kind: "instruction",
      sources: [{ message: 1, quote: content.slice(0, 60) }],
    };
    const { texts } = await extractProposed(messages, [[lie]]);
    expect(texts.filter((text) => text === lie.text)).toEqual([]);
  }
});
