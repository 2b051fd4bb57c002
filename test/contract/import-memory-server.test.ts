import { afterAll, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { answers, ImportPlace, readImport } from "../support/import-place.ts";

const place = new ImportPlace();

afterAll(() => place.remove());

const entity = (name: string, entityType: string, observations: readonly string[]): object => ({
  type: "entity",
  name,
  entityType,
  observations,
});
const relation = (from: string, relationType: string, to: string): object => ({
  type: "relation",
  from,
  to,
  relationType,
});

const GRAPH = [
  entity("Ana_Ruiz", "person", ["Speaks Portuguese", "Works night shifts", "Ana_Ruiz is allergic to penicillin"]),
  entity("Hospital Norte", "organization", ["Has 400 beds", "Uses the Meditek system"]),
  entity("Project Lumen", "project", ["Started in March 2025", "Is written in Kotlin", "Deploys with Argo CD"]),
  entity("Biscuit", "pet", []),
  relation("Ana_Ruiz", "works_at", "Hospital Norte"),
  relation("Ana_Ruiz", "leads", "Project Lumen"),
  relation("Ana_Ruiz", "owns", "Biscuit"),
];

const QUESTIONS: readonly (readonly [string, RegExp])[] = [
  ["Which language does Ana_Ruiz speak?", /Portuguese/u],
  ["When does Ana_Ruiz work?", /night shifts/u],
  ["What is Ana_Ruiz allergic to?", /penicillin/u],
  ["How many beds has Hospital Norte?", /400 beds/u],
  ["Which system does Hospital Norte use?", /Meditek/u],
  ["When did Project Lumen start?", /March 2025/u],
  ["In what is Project Lumen written?", /Kotlin/u],
  ["How is Project Lumen deployed?", /Argo CD/u],
  ["Where does Ana_Ruiz work?", /works at Hospital Norte/u],
  ["Who owns Biscuit?", /owns Biscuit/u],
];

describe("the MCP memory server's file", () => {
  test("ten questions are answered; entities are named; a second import changes nothing", async () => {
    const memory = new Memory({ dbPath: ":memory:" });
    const path = place.lines("memory.jsonl", GRAPH);
    const { memories, skipped } = await readImport(path, { into: memory });
    expect(skipped).toEqual([]);
    for (const [question, expected] of QUESTIONS)
      expect((await answers(memory, question)).join("\n")).toMatch(expected);
    const { results } = await memory.entities({ userId: "ana" });
    expect(results.map(({ name }) => name)).toEqual(expect.arrayContaining(["Ana_Ruiz", "Hospital Norte", "Biscuit"]));
    const graph = await memory.graph.read({ userId: "ana" });
    const lumen = graph.entities.find(({ name }) => name === "Project Lumen");
    expect([lumen?.label, lumen?.observations.map(({ text }) => text).toSorted()]).toEqual([
      "project",
      ["Deploys with Argo CD", "Is written in Kotlin", "Started in March 2025"],
    ]);
    expect(graph.relations.map(({ subject, predicate, object }) => [subject.name, predicate, object.name])).toEqual(
      expect.arrayContaining([
        ["Ana_Ruiz", "works_at", "Hospital Norte"],
        ["Ana_Ruiz", "leads", "Project Lumen"],
        ["Ana_Ruiz", "owns", "Biscuit"],
      ]),
    );
    await readImport(path, { into: memory });
    const all = await memory.getAll({ filters: { user_id: "ana" }, pageSize: 100 });
    expect(all.results).toHaveLength(memories.length);
    expect(await memory.verify()).toMatchObject({ problems: [] });
    await memory.close();
  });

  test("damaged, joined and repeated lines are told, and everything else is read", async () => {
    const [first, second, ...others] = GRAPH.map((row) => JSON.stringify(row));
    const path = place.lines("old/memory.json", [
      `${first ?? ""}${second ?? ""}`,
      '{"type":"entity","name":"Cut","entityType":"person","observations":["never clo',
      `{"type":"entity","name":"Cut off{"type":"relation","from":"A","to":"B","relationType":"knows"}`,
      "null",
      '{"type":"entity","entityType":"person","observations":["of nobody"]}',
      '{"type":"relation","from":"A"}',
      '{"type":"note","text":"?"}',
      ...others,
      first,
    ]);
    const { memories, skipped, notes } = await readImport(path);
    const texts = memories.map(({ record }) => record.text);
    expect(texts).toContain("Hospital Norte: Has 400 beds");
    expect(texts).toContain("Ana_Ruiz works at Hospital Norte");
    expect(texts).toContain("A knows B");
    expect(skipped.map(({ row, reason }) => `${row} ${reason}`)).toEqual([
      "line 2 is damaged: no whole JSON object",
      "line 3 is damaged: no whole JSON object",
      "line 4 is no object",
      "line 5 is an entity without a name",
      "line 6 is a relation without from, to or relationType",
      "line 7 is neither an entity nor a relation",
      "line 13 says again what an earlier line says",
      "line 13 says again what an earlier line says",
      "line 13 says again what an earlier line says",
      "line 13 says again what an earlier line says",
    ]);
    expect(notes.join(" ")).toContain("held several objects");
  });

  test("a line made to be slow is read in time that grows with its length", async () => {
    const path = place.lines("hostile.jsonl", [
      JSON.stringify(GRAPH[0]),
      '{"type"'.repeat(200_000),
      "{".repeat(300_000),
    ]);
    const { memories, skipped } = await readImport(path);
    expect(memories).toHaveLength(4);
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(["is damaged: no whole JSON object"]));
  });

  test("two people may import the same file, each for themselves", async () => {
    const memory = new Memory({ dbPath: ":memory:" });
    const path = place.lines("shared.jsonl", GRAPH);
    for (const userId of ["ana", "ben"]) await readImport(path, { owner: { userId }, into: memory });
    for (const userId of ["ana", "ben"])
      expect((await answers(memory, "What is Ana_Ruiz allergic to?", userId)).join()).toContain("penicillin");
    await memory.close();
  });
});
