import { expect, test } from "vitest";
import { malformedReplies, SAYINGS, UNREADABLE } from "../../../test/support/malformed-replies.ts";
import type { ExtractedFact } from "../../domain/extracted-fact.ts";
import { MemoryError } from "../../errors.ts";
import { createRulesExtractor } from "../rules-extractor.ts";
import { checkSupport } from "../support-check.ts";
import { createModelExtractor } from "./model-extractor.ts";
import { readFactsAnswer } from "./read-answer.ts";

const messages = SAYINGS.map(([text], index) => ({
  id: `m${index}`,
  role: "user" as const,
  text,
  saidAt: Date.UTC(2024, 4, 7, 12),
}));
const rules = createRulesExtractor();

async function extractFrom(reply: string): Promise<{ facts: readonly ExtractedFact[]; error: unknown; calls: number }> {
  let calls = 0;
  const extractor = createModelExtractor({
    name: "broken",
    rules,
    generate: () => {
      calls += 1;
      return Promise.resolve({
        text: reply,
        usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 },
        finishReason: "stop",
        warnings: [],
      });
    },
  });
  try {
    return { facts: await extractor.extract(messages, { before: [] }), error: null, calls };
  } catch (error) {
    return { facts: [], error, calls };
  }
}

test("of 200 malformed replies at least 95 % give every fact that is complete in them, served", async () => {
  const replies = malformedReplies(200);
  const lost: string[] = [];
  for (const { kind, text, complete } of replies) {
    const { facts, error } = await extractFrom(text);
    const served = new Set(facts.filter((fact) => checkSupport(fact, messages)).map((fact) => flat(fact.text)));
    if (!complete.every((fact) => served.has(flat(fact)))) lost.push(kind);
    expect(error === null || (MemoryError.isInstance(error) && error.code === "provider_invalid_output")).toBe(true);
    expect([...served]).not.toContain("User might be a spy");
  }
  const recovered = replies.length - lost.length;
  process.stdout.write(
    `recovered ${recovered} of ${replies.length} malformed replies; lost: ${lost.join(", ") || "none"}\n`,
  );
  expect(recovered).toBeGreaterThanOrEqual(190);
});

function flat(text: string): string {
  return text.replaceAll(/\s+/gu, " ");
}

test.each(UNREADABLE)("what nobody can read is asked for once more and then refused: %#", async (reply) => {
  // The best of three: the machine may be at another's work.
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    expect(readFactsAnswer(reply)).toBeUndefined();
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(50);
  const { error, calls } = await extractFrom(reply);
  expect(error).toMatchObject({ code: "provider_invalid_output", retryable: true });
  expect(calls).toBe(2);
});

test.each([
  '{"facts":[]}',
  "[]",
  '```json\n{"facts": []}\n```',
  '{"memory":[]}',
  '"{\\"facts\\":[]}"',
  'Nothing here: {"facts":[]}',
])("nothing worth storing is an answer: %s", async (reply) => {
  expect(readFactsAnswer(reply)).toEqual({ facts: [], dropped: 0 });
  const { error, calls } = await extractFrom(reply);
  expect([error, calls]).toEqual([null, 1]);
});
