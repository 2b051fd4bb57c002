import { describe, expect, it } from "vitest";
import { factRow, indexOf, turnRow } from "../../test/support/turn-rows.ts";
import type { MemoryState } from "../domain/memory.ts";
import type { TurnRow } from "../ports/memory-store.ts";
import { collapse } from "./collapse.ts";
import { rank } from "./rank.ts";
import { DEFAULT_RECIPE } from "./recipes.ts";
import { understandQuery } from "./understand-query.ts";

interface Options {
  readonly inactive?: ReadonlyMap<number, MemoryState | "unverified">;
  readonly isHistorical?: boolean;
  readonly isAllowed?: (memory: number, kind: string) => boolean;
}

function collapsed(query: string, rows: readonly TurnRow[], options: Options = {}): { memory: number; raw: number }[] {
  const index = indexOf(rows);
  const { inactive = new Map(), isHistorical = false } = options;
  const isAllowed = options.isAllowed ?? ((memory) => (inactive.get(memory) ?? "active") !== "deleted");
  const ranked = rank({
    index,
    query: understandQuery(query, { now: 0, speakers: [] }),
    recipe: DEFAULT_RECIPE,
    mentioning: new Set(),
  });
  return collapse({ ranked, index, inactive, recipe: DEFAULT_RECIPE, isHistorical, isAllowed }).map(
    ({ memory, raw }) => ({ memory, raw }),
  );
}

const onlyMessages = (_: number, kind: string): boolean => kind === "message";

const memories = (entries: readonly { memory: number }[]): number[] => entries.map(({ memory }) => memory);

describe("collapse", () => {
  const message = turnRow(1, "By the way I adopted a beagle, and the train was late");
  const fact = factRow(2, "User adopted a beagle", [1]);

  it("returns a fact or its message, never both", () => {
    expect(memories(collapsed("beagle", [message, fact]))).toEqual([2]);
  });

  it("shows the message where what matched lies outside its facts", () => {
    expect(memories(collapsed("late train", [message, fact]))).toEqual([1]);
  });

  it("brings a message back through no fact that was deleted or replaced", () => {
    expect(collapsed("beagle train", [message, fact], { inactive: new Map([[2, "deleted"]]) })).toEqual([]);
    const superseded = new Map<number, MemoryState>([[2, "superseded"]]);
    expect(collapsed("beagle", [message, fact], { inactive: superseded, isAllowed: onlyMessages })).toEqual([]);
  });

  it("serves no message for what only a replaced fact of it says", () => {
    const rows = [
      turnRow(1, "I moved to Berlin for good and adopted a beagle from the shelter there"),
      factRow(2, "User moved to Berlin for good", [1]),
      factRow(3, "User adopted a beagle", [1]),
      factRow(4, "User moved to Munich", [], { saidAt: 9_000 }),
    ];
    const inactive = new Map<number, MemoryState>([[2, "superseded"]]);
    const isAllowed = (memory: number): boolean => !inactive.has(memory);
    expect(memories(collapsed("moved berlin", rows, { inactive, isAllowed }))).toEqual([4]);
    expect(memories(collapsed("adopted beagle", rows, { inactive, isAllowed }))).toContain(3);
  });

  it("shows the replaced fact that fills the slot asked for, not its message", () => {
    const rows = [
      turnRow(1, "I currently live in Cape Town and work from home"),
      factRow(2, "User currently lives in Cape Town", [1], { attribute: "residence" }),
      factRow(3, "User works from home", [1]),
    ];
    const inactive = new Map<number, MemoryState>([[2, "superseded"]]);
    expect(memories(collapsed("Where is my home?", rows, { inactive }))).not.toContain(1);
  });

  it("damps a message that matches on a replaced fact of it, unless the past is asked for", () => {
    const rows = [
      turnRow(1, "The rent of my flat near the old harbour rose to nine hundred, heating and water included by now"),
      factRow(2, "User's rent is nine hundred", [1]),
    ];
    const inactive = new Map<number, MemoryState>([[2, "superseded"]]);
    const query = "flat harbour heating water rent";
    const [plain] = collapsed(query, rows);
    const [damped] = collapsed(query, rows, { inactive });
    const [before] = collapsed(query, rows, { inactive, isHistorical: true });
    expect([plain?.memory, damped?.memory, before?.memory]).toEqual([1, 1, 1]);
    expect(damped?.raw).toBeLessThan(plain?.raw ?? 0);
    expect(before?.raw).toBe(plain?.raw);
  });

  it("lets a message stand for itself when its fact is unverified", () => {
    const inactive = new Map([[2, "unverified" as const]]);
    expect(memories(collapsed("beagle", [message, fact], { inactive, isAllowed: (memory) => memory !== 2 }))).toEqual([
      1,
    ]);
  });

  it("damps replaced values unless the past is asked for", () => {
    const rows = [
      factRow(1, "User lives in Oslo", [], { saidAt: 1 }),
      factRow(2, "User lives in Oslo city", [], { saidAt: 2 }),
    ];
    const inactive = new Map<number, MemoryState>([[1, "superseded"]]);
    expect(memories(collapsed("oslo", rows, { inactive }))).toEqual([2, 1]);
    expect(memories(collapsed("oslo", rows, { inactive, isHistorical: true }))).toEqual([1, 2]);
  });

  it("gives one message one place when a sibling fact says something else", () => {
    const rows = [
      message,
      fact,
      factRow(3, "User was late", [1]),
      turnRow(4, "unrelated beagle", { session: "2/-/-" }),
    ];
    expect(memories(collapsed("adopted beagle", rows))).not.toContain(3);
  });
});
