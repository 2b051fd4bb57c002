import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";
import { FACT_MESSAGES, ORDINARY_MESSAGES } from "../support/ordinary-chat.ts";
import type { OrdinaryMessage } from "../support/ordinary-chat.ts";

/** Most of the ordinary messages from which something may be kept by mistake. */
const MOST_FALSE = 0.02;
/** Least share of the told facts that must be kept. */
const LEAST_FOUND = 0.8;

const SAID_AT = new Date("2025-03-12T10:00:00Z");

describe("ordinary chat", () => {
  const folder = mkdtempSync(join(tmpdir(), "recollect-ordinary-"));
  let memory: Memory;
  beforeAll(() => {
    memory = new Memory({ dbPath: join(folder, "memory.db"), durability: "relaxed" });
  });
  afterAll(async () => {
    await memory.close();
    rmSync(folder, { recursive: true });
  });

  /** What is kept beside the message itself; each message is told by another user. */
  async function keptFrom(message: OrdinaryMessage, userId: string): Promise<readonly string[]> {
    const { results } = await memory.add([{ role: message.role, content: message.content }], {
      userId,
      timestamp: SAID_AT,
    });
    return results.map((item) => item.memory);
  }

  it(`makes facts of at most ${MOST_FALSE * 100} % of the messages that tell nothing`, async () => {
    const wrong: string[] = [];
    for (const [index, message] of ORDINARY_MESSAGES.entries()) {
      const kept = await keptFrom(message, `ordinary-${index}`);
      if (kept.length > 0) wrong.push(`"${message.content}" made ${JSON.stringify(kept)}`);
    }
    process.stdout.write(`ordinary messages that made a fact: ${wrong.length} of ${ORDINARY_MESSAGES.length}\n`);
    expect(wrong.length > ORDINARY_MESSAGES.length * MOST_FALSE ? wrong : []).toEqual([]);
  });

  it(`keeps at least ${LEAST_FOUND * 100} % of what people tell`, async () => {
    const missed: string[] = [];
    let wanted = 0;
    for (const [index, message] of FACT_MESSAGES.entries()) {
      const kept = await keptFrom(message, `telling-${index}`);
      for (const words of message.facts) {
        wanted += 1;
        const isKept = kept.some((text) => words.every((word) => text.toLowerCase().includes(word)));
        if (!isKept) missed.push(`"${message.content}" wanted ${words.join(" + ")}, made ${JSON.stringify(kept)}`);
      }
    }
    process.stdout.write(`facts kept of those told: ${wanted - missed.length} of ${wanted}\n`);
    expect(missed.length > wanted * (1 - LEAST_FOUND) ? missed : []).toEqual([]);
  });
});
