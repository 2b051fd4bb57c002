import { expect, it } from "vitest";
import { SharedSync } from "../../src/server/shared-sync.ts";

/** A disk whose syncs end when the test says so. */
function slowDisk(): { sync: SharedSync; started: string[]; end: (error?: Error) => void } {
  const started: string[] = [];
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const sync = new SharedSync((log) => {
    started.push(log);
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
  });
  return {
    sync,
    started,
    end: (error) => {
      const one = waiting.shift();
      if (error === undefined) one?.resolve();
      else one?.reject(error);
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("requests that wait at the same time share a sync, but never one that began before they wrote", async () => {
  const { sync, started, end } = slowDisk();
  const done: string[] = [];
  const flush = (name: string): Promise<number> => sync.flush("/a").then(() => done.push(name));
  const all = [flush("first"), flush("second"), flush("third")];
  expect(started).toEqual(["/a-wal"]);
  end();
  await turn();
  expect(done).toEqual(["first"]);
  expect(started).toEqual(["/a-wal", "/a-wal"]);
  all.push(flush("fourth"));
  end();
  await turn();
  expect(done).toEqual(["first", "second", "third"]);
  end();
  await Promise.all(all);
  expect(started).toHaveLength(3);
});

it("files do not wait for one another, and a failure reaches those who waited for it alone", async () => {
  const { sync, started, end } = slowDisk();
  const first = sync.flush("/a");
  const other = sync.flush("/b");
  const later = sync.flush("/a");
  expect(started).toEqual(["/a-wal", "/b-wal"]);
  end(new Error("the disk is gone"));
  await expect(first).rejects.toThrow("the disk is gone");
  end();
  await other;
  await turn();
  end();
  await later;
  expect(started).toHaveLength(3);
});
