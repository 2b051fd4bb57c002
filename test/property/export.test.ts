import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { Memory, MemoryError } from "../../src/index.ts";

const open: Memory[] = [];
afterEach(async () => {
  for (const memory of open.splice(0)) await memory.close();
});

function createMemory(): Memory {
  const memory = new Memory({ dbPath: ":memory:" });
  open.push(memory);
  return memory;
}

async function read(memory: Memory, options: Parameters<Memory["export"]>[0] = {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of memory.export(options)) lines.push(line);
  return lines;
}

const TALK = [
  "I live in Berlin with my dog Rex.",
  "I moved to Paris last week.",
  "I'm vegetarian and allergic to nuts.",
  "Always answer in French.",
  "My sister Anna works at Siemens in Zürich.",
  "Actually, I live in Oslo now.",
  "I live in Berlin.",
  "我在北京工作。",
  "Rent is 950 € a month, due on the 1st.",
  "ok",
] as const;

const call = fc.record({
  texts: fc.array(fc.constantFrom(...TALK), { minLength: 1, maxLength: 3 }),
  scope: fc.constantFrom(
    { userId: "alice" },
    { userId: "alice", runId: "r1" },
    { userId: "bob", agentId: "bot" },
    { agentId: "bot" },
    { appId: "app", runId: "r2" },
  ),
  infer: fc.boolean(),
  metadata: fc.constantFrom(
    {},
    { topic: "x", nested: { "a.b": [1, null, "ü"] } },
    JSON.parse('{"__proto__":1}') as object,
  ),
  timestamp: fc.option(fc.integer({ min: 1_500_000_000, max: 1_700_000_000 }), { nil: undefined }),
});

async function fill(
  memory: Memory,
  calls: readonly (typeof call extends fc.Arbitrary<infer Call> ? Call : never)[],
): Promise<void> {
  for (const { texts, scope, ...options } of calls) {
    const messages = texts.map((content, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content }));
    await memory.add(messages, { ...scope, ...options });
  }
}

describe("export and import", () => {
  it("gives the same bytes after a round trip, and the same answers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 6 }), async (calls) => {
        const [source, target] = [createMemory(), createMemory()];
        await fill(source, calls);
        const lines = await read(source);
        const result = await target.import(lines);
        expect(result).toMatchObject({ skipped: 0, different: 0, purged: 0, warnings: [] });
        expect(await read(target)).toEqual(lines);
        expect(await target.import(lines)).toMatchObject({ imported: 0, skipped: result.imported, different: 0 });
        for (const user of ["alice", "bob"]) {
          const query = { filters: { user_id: user }, topK: 5, threshold: 0 };
          const ids = async (memory: Memory): Promise<unknown> =>
            (await memory.search("where does she live?", query)).results.map(({ id, score }) => [id, score]);
          expect(await ids(target)).toEqual(await ids(source));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("takes a scope with its evidence, of kinds that are left out too", async () => {
    const source = createMemory();
    await source.add("I live in Berlin.", { userId: "alice" });
    await source.add("I live in Rome.", { userId: "bob" });
    const lines = await read(source, { userId: "alice", kinds: ["fact"] });
    const entries = lines.map((line) => JSON.parse(line) as { type: string; record?: { kind: string; text: string } });
    expect(entries.map(({ type, record }) => [type, record?.kind])).toEqual([
      ["manifest", undefined],
      ["memory", "message"],
      ["memory", "fact"],
      ["end", undefined],
    ]);
    expect(lines.join("")).not.toContain("Rome");
    const target = createMemory();
    await target.import(lines);
    expect(await read(target, { userId: "alice", kinds: ["fact"] })).toEqual(lines);
  });

  it.each([
    ["lines without line feeds", (text: string) => text.split("\n")],
    ["one text", (text: string) => text],
    ["pieces of text cut anywhere", (text: string) => text.match(/[^]{1,97}/gu) ?? []],
    ["bytes cut anywhere", (text: string) => cutBytes(text, 61)],
    ["a stream", (text: string) => new Blob([text]).stream()],
    [
      "an async iterable",
      async function* (text: string) {
        yield* cutBytes(text, 13);
      },
    ],
  ])("reads %s", async (_name, shape) => {
    const [source, target] = [createMemory(), createMemory()];
    await source.add(
      ["Ich wohne in Zürich.", "我在北京工作。"].map((content) => ({ role: "user", content })),
      { userId: "alice" },
    );
    const lines = await read(source);
    await target.import(shape(lines.join("")));
    expect(await read(target)).toEqual(lines);
  });

  it("writes nothing of a file that can be read twice and is bad anywhere", async () => {
    const source = createMemory();
    for (let at = 0; at < 150; at += 1) await source.add(`Note ${at} about gardens`, { userId: "alice", infer: false });
    const lines = await read(source);
    const text = lines.join("");
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ["another program's file", text.replace("recollect-export", "other"), /not an export of Recollect/u],
      [
        "a later version",
        text.replace('"version":1', '"version":9'),
        /version 9 of the format, this program reads version 1/u,
      ],
      [
        "a line that is not JSON",
        text.replace('{"type":"memory"', '{"type:"memory"'),
        /Line 2 of the import is not JSON/u,
      ],
      ["an unknown field", text.replace('"isTurn"', '"isturn"'), /Line 2 of the import is not what an export writes/u],
      [
        "a changed text",
        text.replace('"text":"Note 149 ', '"text":"Note 150 '),
        /Line 151 .* changed after it was exported/u,
      ],
      [
        "a changed history",
        text.replace('"newText":"Note 7 ', '"newText":"Note 8 '),
        /Line 9 .* changed after it was exported/u,
      ],
      ["changed metadata", text.replace('"metadata":{}', '"metadata":{"a":1}'), /the file was changed/u],
      ["a lost line", [...lines.slice(0, 5), ...lines.slice(6)].join(""), /lines were lost or added/u],
      ["a cut", lines.slice(0, 100).join(""), /cut off/u],
    ];
    for (const [name, bad, message] of cases) {
      const target = createMemory();
      const error: unknown = await target.import(bad).catch((thrown: unknown) => thrown);
      expect([name, MemoryError.isInstance(error) && error.code]).toEqual([name, "invalid_input"]);
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message).toMatch(/Nothing was imported/u);
      expect(await read(target)).toHaveLength(2);
    }
  });

  it("says how far a stream came, and goes on from there", async () => {
    const [source, target] = [createMemory(), createMemory()];
    for (let at = 0; at < 150; at += 1) await source.add(`Note ${at} about gardens`, { userId: "alice", infer: false });
    const lines = await read(source);
    async function* cutOff(): AsyncGenerator<string> {
      yield* lines.slice(0, 120);
    }
    const error: unknown = await target.import(cutOff()).catch((thrown: unknown) => thrown);
    expect((error as MemoryError).message).toMatch(/cut off.* 119 memories were imported before/u);
    expect(await target.import(lines)).toMatchObject({ imported: 31, skipped: 119 });
    expect(await read(target)).toEqual(lines);
  });

  it.each([[undefined], [7], [{}], [null]])("refuses to import %j", async (source) => {
    await expect(createMemory().import(source as never)).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("refuses unknown options of an export, which would make it another one than was meant", async () => {
    const memory = createMemory();
    await expect(read(memory, { user: "alice" } as never)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(read(memory, { userId: "*" })).rejects.toMatchObject({ code: "invalid_input" });
  });
});

function* cutBytes(text: string, size: number): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
