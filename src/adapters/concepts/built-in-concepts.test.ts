import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createBuiltInConcepts } from "./built-in-concepts.ts";
import { encodeConcepts, parseConcepts } from "./concept-file.ts";

const bytes = readFileSync(new URL("./concepts.bin", import.meta.url));

describe("createBuiltInConcepts", () => {
  const concepts = createBuiltInConcepts();

  // Members are index terms, which are stems.
  it.each([
    ["instruments", ["violin", "piano", "clarinet"]],
    ["cities", ["chicago", "citi"]],
    ["Countries", ["spain", "ireland"]],
    ["sports", ["tenni", "swim"]],
    ["pets", ["cat", "dog"]],
    ["children", ["son"]],
    ["hobby", ["camp", "hike"]],
  ])("knows of %s", (noun, members) => {
    const known = concepts.membersOf(noun);
    expect(members.filter((member) => known?.has(member) !== true)).toEqual([]);
  });

  it("gives a kind that is like its class its whole share, and what is only one of both a half", () => {
    const sports = concepts.membersOf("sports");
    expect([sports?.get("tenni"), sports?.get("stadium") ?? sports?.get("athlet")]).toEqual([1, expect.any(Number)]);
    expect(new Set(sports?.values())).toEqual(new Set([0.5, 1]));
  });

  it.each(["times", "ways", "xyzzy", "", "children's"])("knows nothing of %j", (noun) => {
    expect(concepts.membersOf(noun)).toBeUndefined();
  });

  it("keeps unpacked what was asked for, within bounds", () => {
    expect(concepts.membersOf("sports")).toBe(concepts.membersOf("sports"));
    for (let other = 0; other < 100; other += 1) concepts.membersOf(`unknown${other}`);
    expect(concepts.membersOf("sports")?.get("tenni")).toBe(1);
  });
});

describe("parseConcepts", () => {
  it("reads what was written, members far apart and in any order", () => {
    const words = Array.from({ length: 500 }, (_, at) => `w${String(at).padStart(3, "0")}`);
    const table = parseConcepts(
      encodeConcepts([
        { name: "zoo", related: ["w499", "w000"], kinds: ["w000"] },
        { name: "all", related: words, kinds: [] },
        { name: "none", related: [], kinds: [] },
      ]),
    );
    expect(table.classes).toBe(3);
    expect([...(table.find("zoo") ?? [])]).toEqual([
      ["w000", 1],
      ["w499", 0.5],
    ]);
    expect(table.find("all")?.size).toBe(500);
    expect(table.find("none")?.size).toBe(0);
    expect(table.find("other")).toBeUndefined();
  });

  it.each([
    ["empty", new Uint8Array()],
    ["foreign", new Uint8Array(100)],
    ["cut", bytes.subarray(0, -1)],
    ["cut to its header", bytes.subarray(0, 16)],
  ])("refuses bytes that are %s", (_, wrong) => {
    expect(() => parseConcepts(wrong)).toThrow(/table of concepts/u);
  });
});
