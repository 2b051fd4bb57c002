import { describe, expect, test } from "vitest";
import type { ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import { createRulesExtractor } from "../rules-extractor.ts";
import { checkSupport } from "../support-check.ts";
import { createModelExtractor } from "./model-extractor.ts";

const turn = (role: ExtractionMessage["role"], text: string, index: number): ExtractionMessage => ({
  id: `m${index}`,
  role,
  text,
  saidAt: Date.UTC(2024, 4, 7, 12, index),
});
const TRACE = [
  turn("user", "Deploy the staging branch and tell me the address.", 1),
  turn("assistant", "Running the deploy script scripts/deploy.sh on branch staging.", 2),
  turn("tool", "Error: port 8080 is in use by process 4711\n", 3),
  turn("assistant", "I stop process 4711 and run scripts/deploy.sh again.", 4),
  turn("tool", "deployed to https://staging.example.com build 20240507", 5),
];
const ANSWER = {
  goal: "Deploy the staging branch and tell the user the address",
  steps: [
    {
      did: "ran scripts/deploy.sh on branch staging",
      result: "Error: port 8080 is in use by process 4711",
      messages: [2, 3],
    },
    {
      did: "stopped process 4711 and ran scripts/deploy.sh again",
      result: "deployed to https://staging.example.com build 20240507",
      messages: [4, 5],
    },
  ],
  state: "staging is deployed to https://staging.example.com",
  next: "tell the user the address",
};

async function extract(
  ...replies: string[]
): Promise<{ facts: readonly ExtractedFact[]; prompts: string[]; warnings: string[] }> {
  const prompts: string[] = [];
  const warnings: string[] = [];
  const extractor = createModelExtractor({
    name: "scripted",
    rules: createRulesExtractor(),
    generate: ({ prompt, purpose }) => {
      prompts.push(`${purpose}\n${prompt}`);
      const text = replies[Math.min(prompts.length, replies.length) - 1] ?? "";
      const usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 };
      return Promise.resolve({ text, usage, finishReason: "stop", warnings: [] });
    },
  });
  const facts = await extractor.extract(TRACE, {
    before: [],
    mode: "procedure",
    scope: { userId: "u", agentId: "deployer" },
    onWarning: (warning) => warnings.push(warning),
  });
  return { facts, prompts, warnings };
}

describe("a procedure", () => {
  test("is one memory of goal, steps with their results, state and what is next, resting on the whole trace", async () => {
    const { facts, prompts } = await extract(JSON.stringify(ANSWER));
    expect(prompts).toHaveLength(1);
    expect(prompts[0]).toMatch(/^procedure\n/u);
    expect(prompts[0]).toContain("port 8080 is in use");
    expect(facts).toHaveLength(1);
    const [fact] = facts;
    expect(fact?.kind).toBe("procedure");
    expect(fact?.text.split("\n")).toEqual([
      "Goal: Deploy the staging branch and tell the user the address",
      "- ran scripts/deploy.sh on branch staging → Error: port 8080 is in use by process 4711",
      "- stopped process 4711 and ran scripts/deploy.sh again → deployed to https://staging.example.com build 20240507",
      "State: staging is deployed to https://staging.example.com",
      "Next: tell the user the address",
    ]);
    expect(fact?.sources.map(({ messageId }) => messageId)).toEqual(["m1", "m2", "m3", "m4", "m5"]);
    expect(checkSupport(fact as ExtractedFact, TRACE)).toBe(true);
  });

  test("leaves out lines with numbers that nobody saw", async () => {
    const { facts, warnings } = await extract(JSON.stringify({ ...ANSWER, state: "deployed to port 9999" }));
    expect(facts[0]?.text).not.toContain("9999");
    expect(warnings.join()).toMatch(/1 line/u);
  });

  test("leaves out lines that the trace does not show", async () => {
    const invented = Array.from({ length: 6 }, (_, index) => ({
      did: `convinced colleague ${"ABCDEF"[index]} during lunch about budget, holidays and weather`,
      result: null,
      messages: [1],
    }));
    const { facts, warnings } = await extract(JSON.stringify({ ...ANSWER, steps: [...ANSWER.steps, ...invented] }));
    expect(facts[0]?.text).not.toContain("lunch");
    expect(facts[0]?.text).toContain("stopped process 4711");
    expect(checkSupport(facts[0] as ExtractedFact, TRACE)).toBe(true);
    expect(warnings.join()).toMatch(/6 lines/u);
  });

  test("is read from plain words too, and from other names", async () => {
    const words = `## Summary\n1. Ran scripts/deploy.sh on branch staging; Error: port 8080 is in use by process 4711.\n2. Stopped process 4711 and ran scripts/deploy.sh again; deployed to https://staging.example.com build 20240507.`;
    const { facts } = await extract(words);
    expect(facts[0]?.text).toContain("- Stopped process 4711");
    expect(checkSupport(facts[0] as ExtractedFact, TRACE)).toBe(true);
    const other = await extract(
      `\`\`\`json\n${JSON.stringify({ procedure: { task: ANSWER.goal, actions: [{ action: "ran scripts/deploy.sh", outcome: "port 8080 is in use" }] } })}\n\`\`\``,
    );
    expect(other.facts[0]?.text).toContain("- ran scripts/deploy.sh → port 8080 is in use");
  });

  test("is none where there was no task, and an error where nothing can be read", async () => {
    const none = await extract('{"goal":null,"steps":[],"state":null,"next":null}');
    expect([none.facts, none.prompts.length]).toEqual([[], 1]);
    await expect(extract("No.", "No.")).rejects.toMatchObject({ code: "provider_invalid_output" });
  });
});
