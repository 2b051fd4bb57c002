import { describe, expect, it } from "vitest";
import { factRow, indexOf, turnRow } from "../../test/support/turn-rows.ts";
import { SESSION_GAP_MS, TurnIndex } from "./turn-index.ts";

describe("TurnIndex", () => {
  it("knows neighbours within a session only, by said time whatever the order of arrival", () => {
    const index = indexOf([
      turnRow(1, "one", { saidAt: 10 }),
      turnRow(2, "elsewhere", { session: "2/-/-", saidAt: 11 }),
      turnRow(3, "three", { saidAt: 30 }),
      turnRow(4, "two", { saidAt: 20 }),
    ]);
    const memoryAt = (turn: number, distance: number): number | undefined => {
      const other = index.neighbour(turn, distance);
      return other === undefined ? undefined : index.turns[other]?.memory;
    };
    expect([memoryAt(0, 1), memoryAt(0, 2), memoryAt(0, 3), memoryAt(0, -1)]).toEqual([4, 3, undefined, undefined]);
    expect(memoryAt(1, 1)).toBeUndefined();
  });

  it("ends a session without a run at a long pause", () => {
    const index = indexOf([
      turnRow(1, "one", { session: "-/-/-", saidAt: 0 }),
      turnRow(2, "two", { session: "-/-/-", saidAt: SESSION_GAP_MS }),
      turnRow(3, "three", { session: "-/-/-", saidAt: SESSION_GAP_MS * 2 + 1 }),
    ]);
    expect(index.neighbour(0, 1)).toBe(1);
    expect(index.neighbour(1, 1)).toBeUndefined();
    expect(index.neighbour(0, 2)).toBeUndefined();
  });

  it("joins the passages of a message into one turn, and keeps facts apart with what they rest on", () => {
    const index = indexOf([
      turnRow(1, "first half"),
      turnRow(2, "second half?", { memory: 1 }),
      factRow(3, "halves", [1]),
    ]);
    expect(index.turns).toHaveLength(1);
    expect(index.turns[0]).toMatchObject({ documents: [0, 1], isQuestion: true });
    expect(index.derived.get(1)).toEqual([2]);
    expect([index.turnDocuments, index.factDocuments]).toEqual([2, 1]);
  });

  it("finds the wanted terms alone", () => {
    const index = new TurnIndex(new Set(["lake"]));
    index.append([turnRow(1, "lake lake mountain")]);
    expect([index.posting("lake"), index.posting("mountain")]).toEqual([[0, 2], []]);
  });

  it("weighs documents by the best of their words, the same when it is small and when it has grown", () => {
    const words = new Map([
      ["lake", 0.5],
      ["mountain", 1],
      ["mount", 0.25],
    ]);
    const few = [turnRow(1, "lake"), turnRow(2, "lake mountain"), turnRow(3, "mountainside"), turnRow(4, "")];
    const many = Array.from({ length: 400 }, (_, at) => turnRow(at + 5, "valley"));
    expect([...indexOf(few).weigh(words)]).toEqual([0.5, 1, 0, 0]);
    expect([
      ...indexOf([...few, ...many])
        .weigh(words)
        .subarray(0, 4),
    ]).toEqual([0.5, 1, 0, 0]);
  });

  it("counts whole words, the same ones when it is small and when it has grown", () => {
    const texts = ["lake", "lakes lake", "aaa aa", "lake cake lake", "snowlake", ""];
    const index = new TurnIndex();
    const expected: number[] = [];
    for (let place = 0; place < 1000; place += 1) {
      const text = texts[place % texts.length] as string;
      index.append([{ ...turnRow(place + 1, ""), terms: text, dateTerms: place % 7 === 0 ? "day3 day31" : "" }]);
      const times = text.split(" ").filter((word) => word === "lake").length;
      expected.push(...(times > 0 ? [place, times] : []));
      expect(index.posting("lake")).toEqual(expected);
    }
    expect(index.posting("aa")).toHaveLength(2 * 167);
    expect(index.datePosting("day3")).toHaveLength(2 * 143);
    expect(index.datePosting("day")).toEqual([]);
  });
});
