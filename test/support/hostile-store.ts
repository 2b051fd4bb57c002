import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import { Memory } from "../../src/index.ts";
import { contentsOf, outcomeOf } from "./hostile-values.ts";
import type { Outcome } from "./hostile-values.ts";

/** No call may take longer, in milliseconds. Far above what any of them takes, so that a busy machine passes. */
export const LONGEST = 2000;

export const alice = { userId: "alice" };
export const ofAlice = { filters: { user_id: "alice" } };

export type Method = (...values: readonly unknown[]) => unknown;

/** A store in a folder of its own, new for each test, with one memory of Alice in it. */
export interface HostileStore {
  readonly folder: string;
  readonly memory: Memory;
  /** Of the memory in it. */
  readonly id: string;
  /** A call of a method by its name, without its types. */
  call(name: string, ...values: readonly unknown[]): () => unknown;
  /** How a call ended, and whether the store is as it was. */
  ending(work: () => unknown): Promise<Ending>;
  /** The text of a refusal; expects that it is one. */
  refused(work: () => unknown): Promise<string>;
}

export interface Ending extends Outcome {
  readonly isQuick: boolean;
  readonly isUnchanged: boolean;
}

/** The ending of a call that is refused as it should be. */
export function refusal(code = "invalid_input"): Pick<Ending, "code" | "isQuick" | "isUnchanged"> {
  return { code, isQuick: true, isUnchanged: true };
}

export function openHostileStore(): HostileStore {
  const store = { folder: "", memory: new Memory({ dbPath: ":memory:" }), id: "", call, ending, refused };

  beforeEach(async () => {
    store.folder = mkdtempSync(join(tmpdir(), "recollect-hostile-"));
    store.memory = new Memory({ dbPath: join(store.folder, "memory.db") });
    const { results } = await store.memory.add("Likes tea", { ...alice, infer: false, metadata: { n: 1 } });
    store.id = results[0]?.id ?? "";
  });

  afterEach(async () => {
    await store.memory.close();
    rmSync(store.folder, { recursive: true, force: true });
  });

  function call(name: string, ...values: readonly unknown[]): () => unknown {
    return () => {
      const made = (store.memory as unknown as Record<string, Method>)[name]?.apply(store.memory, [...values]);
      return name === "export" ? collect(made as AsyncIterable<string>) : made;
    };
  }

  async function ending(work: () => unknown): Promise<Ending> {
    const before = await contentsOf(store.memory);
    const outcome = await outcomeOf(work);
    const isUnchanged = (await contentsOf(store.memory)) === before;
    return { ...outcome, isQuick: outcome.took < LONGEST, isUnchanged };
  }

  async function refused(work: () => unknown): Promise<string> {
    const end = await ending(work);
    expect(end).toMatchObject(refusal());
    return end.message;
  }

  return store;
}

export async function collect(lines: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const line of lines) text += line;
  return text;
}
