import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LocalStore } from "../../src/cli/store/local-store.ts";
import { runSync } from "../../src/cli/sync/run-sync.ts";
import type { Place, SyncReport } from "../../src/cli/sync/run-sync.ts";
import { scopeState } from "../../src/cli/sync/sync-state.ts";
import type { ScopeState } from "../../src/cli/sync/sync-state.ts";

const NAMES = ["a", "b", "c"] as const;

/** A store of its own on another machine, whose clock may be wrong. */
class Replica {
  readonly store: LocalStore = new LocalStore(":memory:", {});
  readonly owner: { userId: string; appId: string };
  state: ScopeState;

  constructor(name: string) {
    this.owner = { userId: name, appId: "shop" };
    this.state = scopeState({ version: 1, scopes: {} }, this.owner);
  }

  async sync(place: Place, now: number, isDryRun = false): Promise<SyncReport> {
    const { store: local, owner, state } = this;
    return runSync({ local, owner, place, parts: ["all"], state, save: () => undefined, now, isDryRun });
  }

  async active(): Promise<Map<string, string>> {
    const { results } = await this.store.list({ filters: { app_id: "shop" }, pageSize: 1000 });
    return new Map(results.map((row) => [String(row["id"]), String(row["memory"])]));
  }

  async inactive(): Promise<string[]> {
    const ids: string[] = [];
    for await (const line of this.store.export(this.owner)) {
      const { type, record } = JSON.parse(line) as {
        type: string;
        record?: { id: string; kind: string; state: string };
      };
      if (type === "memory" && record?.kind !== "message" && record?.state === "deleted") ids.push(record.id);
    }
    return ids;
  }
}

const step = fc.record({
  who: fc.constantFrom(...NAMES),
  what: fc.constantFrom("add", "add", "edit", "edit", "note", "delete", "restore", "sync", "sync"),
  which: fc.nat(5),
  /** Hours that this machine's clock is off by. */
  now: fc.integer({ min: 0, max: 5 }),
});

async function act(replica: Replica, { what, which }: { what: string; which: number }, text: string): Promise<void> {
  const { store, owner } = replica;
  if (what === "add") {
    await store.add([{ role: "user", content: text }], { owner, options: { infer: false } });
    return;
  }
  const ids = what === "restore" ? await replica.inactive() : [...(await replica.active()).keys()];
  const id = ids.toSorted()[which % Math.max(1, ids.length)];
  if (id === undefined) return;
  if (what === "edit") await store.update(id, { text });
  else if (what === "note") await store.update(id, { metadata: { [`k${which}`]: text } });
  else if (what === "delete") await store.delete(id);
  else await store.restore(id);
}

type Steps = readonly { who: (typeof NAMES)[number]; what: string; which: number; now: number }[];

/** Plays the steps, syncs until nothing changes, and checks that all show the same and nothing was lost. */
async function play(steps: Steps, placeFor: (replica: Replica) => Place): Promise<void> {
  const replicas = new Map(NAMES.map((name) => [name, new Replica(name)] as const));
  const written = new Set<string>();
  const gone = new Set<string>();
  try {
    for (const [index, each] of steps.entries()) {
      const replica = replicas.get(each.who) as Replica;
      const text = `Statement ${index} of ${each.who}`;
      if (each.what === "sync") {
        await replica.sync(placeFor(replica), each.now);
        continue;
      }
      const before = new Set((await replica.active()).values());
      await act(replica, each, text);
      const after = new Set((await replica.active()).values());
      for (const one of before) if (!after.has(one)) gone.add(one);
      for (const one of after) written.add(one);
    }
    // A change that a join makes (two notes on one memory) goes round once more.
    for (let round = 0; round < 6; round += 1)
      for (const replica of replicas.values()) await replica.sync(placeFor(replica), 9);
    const [first, ...others] = await Promise.all([...replicas.values()].map(async (replica) => replica.active()));
    for (const other of others) expect([...other].toSorted()).toEqual([...(first ?? [])].toSorted());
    // What somebody wrote, and nobody replaced or deleted anywhere, is there.
    const texts = new Set(first?.values());
    expect([...written].filter((text) => !gone.has(text) && !texts.has(text))).toEqual([]);
    for (const replica of replicas.values()) {
      expect(await replica.sync(placeFor(replica), 10)).toMatchObject({ pulled: [], pushed: [], warnings: [] });
      expect(await replica.store.verify(false)).toMatchObject({ problems: [] });
    }
  } finally {
    for (const replica of replicas.values()) await replica.store.close();
  }
}

/** A folder for each replica. As git does, a pull takes the later version of each file: one replica alone writes it. */
class Clones {
  readonly #root: string = mkdtempSync(join(tmpdir(), "recollect-sync-"));
  /** What each file has held, oldest first. */
  readonly #versions = new Map<string, string[]>();
  #pulls = 0;

  /** Takes in what the next other clone has, in turn. */
  pull(name: string): string {
    const own = this.#folder(name);
    for (const each of NAMES) this.#note(this.#folder(each));
    const others = NAMES.filter((each) => each !== name);
    const other = this.#folder(others[(this.#pulls += 1) % others.length] ?? "");
    for (const file of readdirSync(other)) {
      const theirs = readFileSync(join(other, file), "utf8");
      const mine = existsSync(join(own, file)) ? readFileSync(join(own, file), "utf8") : null;
      if (mine === null || this.#age(file, theirs) > this.#age(file, mine)) writeFileSync(join(own, file), theirs);
    }
    return own;
  }

  get files(): number {
    return this.#versions.size;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  #folder(name: string): string {
    const folder = join(this.#root, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  #note(folder: string): void {
    for (const file of readdirSync(folder)) {
      const text = readFileSync(join(folder, file), "utf8");
      const versions = this.#versions.get(file) ?? [];
      if (!versions.includes(text)) this.#versions.set(file, [...versions, text]);
    }
  }

  #age(file: string, text: string): number {
    return this.#versions.get(file)?.lastIndexOf(text) ?? -1;
  }
}

describe("replicas that are edited offline and synced in any order", () => {
  it("come to the same through a folder, and nothing is lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        const folder = mkdtempSync(join(tmpdir(), "recollect-sync-"));
        try {
          await play(steps, () => ({ kind: "folder", path: folder }));
          // Every replica has written to its own file alone.
          for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), "utf8")).toMatch(/\n$|^$/u);
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 60 },
    );
  }, 240_000);

  it("come to the same through a folder that each has a clone of, pulled from one another", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        const clones = new Clones();
        try {
          await play(steps, (replica) => ({ kind: "folder", path: clones.pull(replica.owner.userId) }));
          // Each replica wrote one file, its own.
          expect(clones.files).toBeLessThanOrEqual(NAMES.length);
        } finally {
          clones.remove();
        }
      }),
      { numRuns: 60 },
    );
  }, 240_000);

  it("come to the same through a store that they share, and nothing is lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        const shared = new LocalStore(":memory:", {});
        try {
          await play(steps, () => ({ kind: "store", store: shared, owner: { appId: "shop" } }));
          expect(await shared.verify(false)).toMatchObject({ problems: [] });
        } finally {
          await shared.close();
        }
      }),
      { numRuns: 60 },
    );
  }, 240_000);
});
