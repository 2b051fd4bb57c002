import { describe, expect, it } from "vitest";
import type { MemoryReference, Partition } from "../../src/ports/memory-store.ts";
import { analyze } from "../../src/text/analyze.ts";
import { addRecord, addText, applyTo, newMemory, recordOf, SPACE, START, vectorOf } from "../support/store-fixtures.ts";
import type { Suite } from "./memory-store.ts";

function vector(text: string): Float32Array {
  return vectorOf(text) ?? new Float32Array(SPACE.dimensions);
}

export function describeSearch(suite: Suite): void {
  const textsOf = async (references: Iterable<MemoryReference>): Promise<string[]> =>
    (await suite.store.hydrate([...references])).map(({ record }) => record.text);
  const byWords = async (partition: Partition, words: string, allowed?: ReadonlySet<number>): Promise<string[]> => {
    const passages = await suite.store.searchTerms({
      partition,
      terms: analyze(words),
      limit: 10,
      ...(allowed === undefined ? {} : { allowed }),
    });
    const memories = await suite.store.memoriesOfPassages(passages);
    return textsOf(passages.map((passage) => memories.get(passage) ?? 0));
  };

  describe("search", () => {
    it("finds by words: best first, one user's alone", async () => {
      await addText(suite.store, "The garden has roses and roses and tulips", { userId: "u" });
      await addText(suite.store, "Something about a garden, at great length, with many more other words", {
        userId: "u",
      });
      await addText(suite.store, "The roses of another", { userId: "v" });
      await addRecord(suite.store, recordOf("User grows roses", { userId: "u" }, { kind: "fact" }));
      const partition = await suite.store.readPartition("u");
      expect(await byWords(partition, "tulips garden")).toEqual([
        "The garden has roses and roses and tulips",
        "Something about a garden, at great length, with many more other words",
      ]);
      expect(await byWords(partition, "grows")).toEqual(["User grows roses"]);
      expect(await byWords(partition, "nonexistent")).toEqual([]);
      expect(await byWords(partition, "roses", new Set())).toEqual([]);
    });

    it.each([
      "C++ and .NET",
      "emoji 🏔️ here",
      "/usr/local/bin/node",
      "मुझे चाय पसंद है",
      "我在北京工作",
      "naïve café",
      'quotes "and" AND OR NOT (x*) -y ^z',
      "x".repeat(500),
    ])("finds %j by its own words", async (text) => {
      await addText(suite.store, text, { userId: "u" });
      expect(await byWords(await suite.store.readPartition("u"), text)).toEqual([text]);
    });

    it("finds by vectors: nearest first, with their cosines, inside what is allowed", async () => {
      const texts = ["red green blue", "red green", "cat dog"];
      for (const text of texts) await addText(suite.store, text, { userId: "u" });
      await addText(suite.store, "red green blue", { userId: "v" });
      await addText(suite.store, "12 34", { userId: "u" });
      const partition = await suite.store.readPartition("u");
      const query = { partition, space: SPACE.key, vector: vector("red green blue"), limit: 2 };
      const hits = await suite.store.searchVectors(query);
      const memories = await suite.store.memoriesOfPassages(hits.map(({ passage }) => passage));
      expect(await textsOf(memories.values())).toEqual(["red green blue", "red green"]);
      expect(hits[0]?.similarity).toBeCloseTo(1, 5);
      const allowed = new Set([memories.get(hits[1]?.passage ?? 0) ?? 0]);
      expect((await suite.store.searchVectors({ ...query, allowed })).map(({ passage }) => passage)).toEqual([
        hits[1]?.passage,
      ]);
      const similarities = await suite.store.similarities(
        SPACE.key,
        query.vector,
        hits.map(({ passage }) => passage),
      );
      for (const hit of hits) expect(similarities.get(hit.passage)).toBeCloseTo(hit.similarity, 6);
      const { stamp, vectors } = await suite.store.readVectors(partition, SPACE.key, -1);
      expect(vectors).toHaveLength(3);
      await addText(suite.store, "new one", { userId: "u" });
      const changed = await suite.store.readVectors(await suite.store.readPartition("u"), SPACE.key, stamp);
      const isNew = changed.vectors.some((row) =>
        row.vector.every((value, at) => Math.abs(value - (vector("new one")[at] ?? 0)) < 1e-6),
      );
      expect(isNew).toBe(true);
    });

    it("finds new words and meanings after a text is changed, and not the old ones", async () => {
      const record = await addText(suite.store, "roses in the garden", { userId: "u" });
      for (let at = 0; at < 300; at += 1) await addText(suite.store, `filler ${at}`, { userId: "u" });
      const text = "tulips at sea";
      const { passages } = await newMemory({ ...record, text });
      await applyTo(suite.store, "u", {
        patch: [
          { id: record.id, changes: { text }, identity: text, passages, event: "UPDATE", actor: "user", reason: "" },
        ],
      });
      const partition = await suite.store.readPartition("u");
      expect(await byWords(partition, "roses")).toEqual([]);
      expect(await byWords(partition, "tulips")).toEqual([text]);
      const [hit] = await suite.store.searchVectors({ partition, space: SPACE.key, vector: vector(text), limit: 1 });
      expect(hit?.similarity).toBeCloseTo(1, 5);
      expect(await suite.store.countPassages(record.id)).toBe(1);
    });

    it("says which memories are not active or not verified", async () => {
      await addText(suite.store, "active", { userId: "u" });
      for (const state of ["superseded", "merged", "deleted"] as const)
        await addRecord(suite.store, recordOf(state, { userId: "u" }, { kind: "fact", state }));
      await addRecord(suite.store, recordOf("unverified", { userId: "u" }, { kind: "fact", isVerified: false }));
      const partition = await suite.store.readPartition("u");
      const inactive = await suite.store.readInactive(partition);
      for (const { reference, record } of await suite.store.hydrate([...inactive.keys()]))
        expect(inactive.get(reference)).toBe(record.text);
      expect(inactive.size).toBe(4);
      expect((await suite.store.readStates(partition, [...inactive.keys(), 1])).inactive).toEqual(inactive);
      const all = await suite.store.readAllowed({ partition });
      expect(all.size).toBe(5);
    });

    it("counts in how many passages of a partition a term occurs", async () => {
      for (const [text, userId] of [
        ["garden roses", "u"],
        ["garden", "v"],
        ["sea", "v"],
      ] as const)
        await addText(suite.store, text, { userId });
      const partition = await suite.store.readPartition("v");
      const terms = [...analyze("garden"), ...analyze("roses"), "absent"];
      expect(await suite.store.documentFrequencies(partition, terms)).toEqual({
        total: 2,
        frequencies: new Map([
          [analyze("garden")[0], 1],
          [analyze("roses")[0], 0],
          ["absent", 0],
        ]),
      });
    });

    it("gives the vectors that changed since a stamp", async () => {
      await addText(suite.store, "red green", { userId: "u" });
      await addText(suite.store, "blue", { userId: "v" });
      const partition = await suite.store.readPartition("u");
      const first = await suite.store.readVectors(partition, SPACE.key, -1);
      expect(first.vectors.map(({ vector: own }) => [...own])).toEqual([[...vector("red green")]]);
      expect(await suite.store.readVectors(partition, SPACE.key, first.stamp)).toEqual({ ...first, vectors: [] });
      await addText(suite.store, "yellow", { userId: "u" });
      const second = await suite.store.readVectors(partition, SPACE.key, first.stamp);
      expect(second.vectors.map(({ vector: own }) => [...own])).toEqual([[...vector("yellow")]]);
      expect(second.stamp).not.toBe(first.stamp);
    });

    it("finds what was said or is valid in a window, newest first", async () => {
      await addText(suite.store, "before", { userId: "u" }, { saidAt: START - 1 });
      await addText(suite.store, "first", { userId: "u" }, { saidAt: START });
      await addRecord(
        suite.store,
        recordOf("valid then", { userId: "u" }, { kind: "fact", saidAt: START + 900, validFrom: START + 5 }),
      );
      await addText(suite.store, "after", { userId: "u" }, { saidAt: START + 10 });
      await addText(suite.store, "another user's", { userId: "v" }, { saidAt: START });
      const partition = await suite.store.readPartition("u");
      expect(await textsOf(await suite.store.findInWindow(partition, START, START + 10, 10))).toEqual([
        "valid then",
        "first",
      ]);
    });

    it("catches up on vectors that are missing, once", async () => {
      const bare = await newMemory(recordOf("red green", { userId: "u" }));
      await applyTo(suite.store, "u", {
        add: [{ ...bare, passages: bare.passages.map((passage) => ({ ...passage, vectors: new Map() })) }],
      });
      await addText(suite.store, "12 34", { userId: "u" });
      expect((await suite.store.statistics()).pendingVectors).toBe(1);
      const { passages } = await suite.store.readUnembedded(SPACE.key, 10, 0);
      expect(passages.map(({ text }) => text)).toEqual(["red green"]);
      await suite.store.putVectors(
        SPACE.key,
        passages.map(({ passage, text }) => ({ passage, vector: vector(text) })),
      );
      expect((await suite.store.readUnembedded(SPACE.key, 10, 0)).passages).toEqual([]);
      expect(await suite.store.requestEmbedding(SPACE.key, START)).toBe(false);
    });
  });
}
