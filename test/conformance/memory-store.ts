import { afterEach, beforeEach, describe } from "vitest";
import type { MemoryStore } from "../../src/ports/memory-store.ts";
import { describeJobs } from "./jobs.ts";
import { describeKeeping } from "./keeping.ts";
import { describeReads } from "./reads.ts";
import { describeReplay } from "./replay.ts";
import { describeSearch } from "./search.ts";
import { describeWrites } from "./writes.ts";

/** What a store under test gives: itself, empty, and a second handle on the same data as another process has one. */
export interface StoreUnderTest {
  readonly store: MemoryStore;
  readonly openSecond: () => Promise<MemoryStore>;
  /** A store of its own, empty. */
  readonly openEmpty: () => Promise<MemoryStore>;
  readonly dispose: () => Promise<void>;
}

/** The current store of a suite; read inside tests only. */
export interface Suite {
  readonly store: MemoryStore;
  readonly openSecond: () => Promise<MemoryStore>;
  readonly openEmpty: () => Promise<MemoryStore>;
}

/**
 * Everything that the port promises. Each store runs it: `describeMemoryStore("sqlite", createStore)`. The store's
 * embedding space is `SPACE` of the fixtures.
 */
export function describeMemoryStore(name: string, create: () => Promise<StoreUnderTest>): void {
  describe(`${name} store`, () => {
    let current: StoreUnderTest;
    const suite: Suite = {
      get store() {
        return current.store;
      },
      openSecond: () => current.openSecond(),
      openEmpty: () => current.openEmpty(),
    };
    beforeEach(async () => {
      current = await create();
    });
    afterEach(async () => current.dispose());
    describeWrites(suite);
    describeReads(suite);
    describeReplay(suite);
    describeSearch(suite);
    describeJobs(suite);
    describeKeeping(suite);
  });
}
