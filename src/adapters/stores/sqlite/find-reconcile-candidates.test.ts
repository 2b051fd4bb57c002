import { describe, expect, it } from "vitest";
import type { MemoryRecord } from "../../../domain/memory.ts";
import type { NewMemory } from "../../../ports/memory-store.ts";
import { analyze } from "../../../text/analyze.ts";
import { SqliteStore } from "./sqlite-store.ts";

describe("findReconcileCandidates", () => {
  it("finds a statement by its rare words, and by common ones together, in its own user's memories only", async () => {
    const store = new SqliteStore({ path: ":memory:" });
    await store.open();
    const many = Array.from({ length: 500 }, (_, index) => `User often likes tea number${index}`);
    await add(store, "ana", [...many, "User plays the theremin", "User often likes tea"]);
    await add(store, "ben", ["User plays the theremin and User often likes tea"]);
    const near = async (text: string): Promise<string[]> => {
      const found = await store.findReconcileCandidates({
        userId: "ana",
        identities: [],
        attributes: [],
        terms: [analyze(text)],
      });
      return found.map(({ record }) => record.text);
    };
    expect(await near("User plays the theremin well")).toEqual(["User plays the theremin"]);
    // All of these words are common: the two rarest together still find statements that share them.
    const common = await near("User often likes tea");
    expect(common.length).toBeGreaterThan(0);
    expect(common[0]).toBe("User often likes tea");
    expect(await near("zither")).toEqual([]);
    await store.close();
  });

  it("reads when each source was said", async () => {
    const store = new SqliteStore({ path: ":memory:" });
    await store.open();
    const message = { ...recordOf("message-1", "I play the theremin", "ana"), kind: "message" as const, saidAt: 5 };
    const fact = {
      ...recordOf("fact-1", "User plays the theremin", "ana"),
      sources: [{ messageId: "message-1", spans: [{ start: 0, end: 19 }] }],
    };
    await store.apply({ userId: "ana", at: 1, add: [memoryOf(message), memoryOf(fact)] });
    const found = await store.findReconcileCandidates({
      userId: "ana",
      identities: ["User plays the theremin"],
      attributes: [],
      terms: [],
    });
    expect(found).toEqual([
      { record: expect.objectContaining({ id: "fact-1", sources: fact.sources }), statedAt: [5] },
    ]);
    expect(await store.readSessionTail({ userId: "ana" }, 10, 4)).toEqual([
      { id: "message-1", role: "user", text: "I play the theremin", saidAt: 5 },
    ]);
    await store.close();
  });
});

async function add(store: SqliteStore, userId: string, texts: readonly string[]): Promise<void> {
  const memories = texts.map((text, index) => memoryOf(recordOf(`${userId}-${index}`, text, userId)));
  await store.apply({ userId, at: 1, add: memories });
}

function memoryOf(record: MemoryRecord): NewMemory {
  const terms = analyze(record.text);
  return {
    record,
    identity: record.text,
    isTurn: record.kind === "message",
    passages: [
      {
        start: 0,
        end: record.text.length,
        terms: terms.join(" "),
        termCount: terms.length,
        dateTerms: "",
        isQuestion: false,
        hasTimeExpression: false,
        vectors: new Map(),
      },
    ],
    mentions: [],
    event: "ADD",
    actor: "test",
    reason: "test",
  };
}

function recordOf(id: string, text: string, userId: string): MemoryRecord {
  return {
    id,
    kind: "fact",
    text,
    scope: { userId },
    role: "user",
    metadata: {},
    categories: [],
    state: "active",
    isVerified: true,
    isImmutable: false,
    saidAt: 1,
    createdAt: 1,
    updatedAt: 1,
    conflictsWith: [],
    sources: [],
    confidence: 1,
  };
}
