import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseAdd } from "../../src/api/parse-add.ts";
import { createEngine } from "../../src/create-memory.ts";
import { addMemories } from "../../src/operations/add-memories.ts";
import { deleteMemory } from "../../src/operations/delete-memories.ts";
import type { Engine } from "../../src/operations/engine.ts";
import { purgeMemories } from "../../src/operations/purge-memories.ts";
import { JobRunner } from "../../src/operations/run-jobs.ts";
import { scriptedModel } from "../support/scripted-model.ts";
import type { ScriptedModel } from "../support/scripted-model.ts";

let folder: string;
let now: number;
let engine: Engine;
let model: ScriptedModel;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-forget-model-"));
  now = Date.UTC(2026, 4, 1, 12);
  model = scriptedModel('{"facts":[]}');
  engine = createEngine({ dbPath: join(folder, "memory.db"), now: () => now, llm: model });
});

afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const scope = { userId: "ana", runId: "r" };
const STATEMENT = "I live in Lisbon. I'm vegetarian.";
const FACT = JSON.stringify({
  facts: [
    { text: "User is vegetarian", kind: "fact", sources: [{ message: 1, quote: "I'm vegetarian" }], confidence: 0.9 },
  ],
});

async function add(content: string): ReturnType<typeof addMemories> {
  return addMemories(engine, parseAdd([{ role: "user", content }], scope, engine.settings));
}

async function activeTexts(): Promise<string> {
  const query = { userIds: ["ana"], states: ["active"], order: "said-ascending", limit: 100 } as const;
  const { memories } = await engine.store.listMemories({ ...query, kinds: ["fact"] });
  return memories.map(({ record }) => record.text).join("\n");
}

function prompts(): string {
  return model.calls.map(({ instructions, prompt }) => instructions + prompt).join("\n");
}

describe("what was forgotten goes into no prompt", () => {
  it("as context of a later message: neither a deleted message nor the part that a deleted fact rested on", async () => {
    const first = await add("My bank code is zorblatt.");
    model.replies = [FACT];
    const second = await add(STATEMENT);
    const fact = second.results.find(({ memory }) => memory.includes("vegetarian"));
    await deleteMemory(engine, first.messages[0]?.id ?? "", {});
    await deleteMemory(engine, fact?.id ?? "", {});
    model.calls.length = 0;
    model.replies = ['{"facts":[]}'];
    await add("And what about dinner?");
    expect(prompts()).toContain("Lisbon");
    expect(prompts()).not.toContain("zorblatt");
    expect(prompts()).not.toContain("vegetarian");
  });

  for (const isPurged of [false, true]) {
    it(`nor again when the model is asked later, and it makes no facts (purged: ${isPurged})`, async () => {
      model.replies = ["I'm sorry, I cannot help with that."];
      const added = await add(STATEMENT);
      const fact = added.results.find(({ memory }) => memory.includes("vegetarian"));
      expect(added.pendingMessages).toBe(1);
      await deleteMemory(engine, fact?.id ?? "", {});
      if (isPurged)
        await purgeMemories(engine, { target: [fact?.id ?? ""], withSources: false, owner: {}, deletedBefore: null });
      model.calls.length = 0;
      model.replies = [FACT];
      now += 60_000;
      expect(await new JobRunner(engine).runDue()).toBe(1);
      expect(prompts()).toContain("Lisbon");
      expect(prompts()).not.toContain("I'm vegetarian");
      expect(await activeTexts()).not.toContain("vegetarian");
    });
  }

  it("and a fact that is deleted while the model thinks is not found again", async () => {
    model.replies = ["I'm sorry, I cannot help with that."];
    const added = await add(STATEMENT);
    const fact = added.results.find(({ memory }) => memory.includes("vegetarian"));
    now += 60_000;
    model.replies = [
      async (): Promise<string> => {
        now += 1;
        await deleteMemory(engine, fact?.id ?? "", {});
        await purgeMemories(engine, { target: [fact?.id ?? ""], withSources: false, owner: {}, deletedBefore: null });
        return FACT;
      },
    ];
    await new JobRunner(engine).runDue();
    expect(await activeTexts()).toContain("Lisbon");
    expect(await activeTexts()).not.toContain("vegetarian");
  });
});
