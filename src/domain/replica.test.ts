import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeShared, compareClocks, joinAll, joinShared, standingVersion } from "./replica.ts";
import type { Clock, Dot, SharedContent, SharedMemory } from "./replica.ts";

const createId = (text: string): string => `kept:${text}`;

function content(text: string, metadata: Record<string, unknown> = {}): SharedContent {
  return { kind: "fact", text, categories: [], metadata, saidAt: 0 };
}

function change(before: SharedMemory | undefined, replica: string, text: string | null, at = 0): SharedMemory {
  return changeShared(before, { id: "m", replica, at, content: text === null ? null : content(text) });
}

/** The text that stands, or null. */
function textOf(memory: SharedMemory | undefined): string | null {
  return memory === undefined ? null : (standingVersion(memory)?.content.text ?? null);
}

describe("two states of a memory", () => {
  it("where one knew the other: it stands, deleted or not", () => {
    const first = change(undefined, "a", "one");
    const second = change(first, "b", "two");
    const gone = change(second, "a", null);
    expect(compareClocks(first.clock, second.clock)).toBe("before");
    expect(joinShared(first, second)).toEqual(second);
    expect(textOf(joinShared(gone, first))).toBeNull();
  });

  it("of which neither knew the other: the later text stands, the other is kept beside it", () => {
    const base = change(undefined, "a", "base");
    const one = change(base, "a", "one", 5);
    const other = change(base, "b", "other", 9);
    const { memories, conflicts } = joinAll([[one], [other]], createId);
    expect(textOf(memories.get("m"))).toBe("other");
    expect(conflicts.map(({ versions }) => versions[0]?.content)).toMatchObject([
      { text: "one", metadata: { conflictOf: "m" } },
    ]);
    expect(joinAll([[other], [one]], createId)).toEqual({ memories, conflicts });
    // Whoever changes it then has seen both.
    expect(joinAll([[change(memories.get("m"), "c", "both", 10)], [one, other]], createId).conflicts).toEqual([]);
  });

  it("of which one deleted what it had not seen changed: the change stays", () => {
    const base = change(undefined, "a", "base");
    expect(textOf(joinShared(change(base, "a", null), change(base, "b", "new")))).toBe("new");
  });

  it("deleted by who saw the text stays deleted, in whatever order the states meet", () => {
    const base = change(undefined, "a", "base");
    const gone = change(base, "a", null);
    const edited = change(base, "b", "edited");
    const goneToo = change(edited, "b", null);
    const states = [gone, edited, goneToo];
    for (const order of [states, states.toReversed(), [edited, gone, goneToo], [gone, goneToo, edited]])
      expect(textOf(joinAll([order], createId).memories.get("m"))).toBeNull();
  });
});

describe("any states", () => {
  /** Steps of three replicas on one memory: an edit, a deletion, or taking in what another has. */
  const steps = fc.array(
    fc.record({
      replica: fc.constantFrom("a", "b", "c"),
      what: fc.constantFrom("edit", "edit", "delete", "take"),
      from: fc.constantFrom("a", "b", "c"),
      at: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 14 },
  );

  it("come to the same on every replica, whatever the order in which they are taken in", () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat(1000)), (list, random) => {
        const replicas = new Map<string, ReadonlyMap<string, SharedMemory>>();
        const all: SharedMemory[] = [];
        for (const [index, { replica, what, from, at }] of list.entries()) {
          const own = replicas.get(replica) ?? new Map<string, SharedMemory>();
          if (what === "take") {
            const other = replicas.get(from) ?? new Map<string, SharedMemory>();
            replicas.set(replica, joinAll([own.values(), other.values()], createId).memories);
            continue;
          }
          const there = own.get("m");
          if (what === "delete" && textOf(there) === null) continue;
          const next = change(there, replica, what === "edit" ? `${replica}${index}` : null, at);
          all.push(next);
          replicas.set(replica, new Map([...own, ["m", next]]));
        }
        const groups = [...replicas.values()].map((each) => [...each.values()]);
        const joined = joinAll(groups, createId).memories;
        expect(sorted(joinAll(groups.toReversed(), createId).memories)).toEqual(sorted(joined));
        // The states one by one, shuffled and some of them twice, give the same memory.
        const twice = [...all, ...all].map((memory) => ({ memory, key: random.next().value ?? 0 }));
        const shuffled = twice.toSorted((one, other) => one.key - other.key).map(({ memory }) => memory);
        expect(joinAll([shuffled], createId).memories.get("m")).toEqual(joined.get("m"));
        // Nothing that nobody changed or deleted knowingly is lost.
        const found = new Set([...joined.values()].map(textOf));
        const lost = all
          .filter(
            ({ clock, versions: [version] }) =>
              version !== undefined && !all.some((later) => replaces(later, clock, version.dot)),
          )
          .filter((memory) => !found.has(textOf(memory)));
        expect(lost).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});

function replaces(later: SharedMemory, clock: Clock, dot: Dot): boolean {
  return (later.clock[dot.replica] ?? 0) >= dot.number && compareClocks(later.clock, clock) === "after";
}

function sorted(memories: ReadonlyMap<string, SharedMemory>): SharedMemory[] {
  return [...memories.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
