import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { writeZip } from "../../../test/support/write-zip.ts";
import { listZip, readZipEntry } from "./zip-file.ts";

/** Set: a stream of a file gives so many bytes, and then the disk's error. */
const disk = vi.hoisted(() => ({ failsAfter: undefined as number | undefined, open: [] as ReadStream[] }));

vi.mock("node:fs", async (load) => {
  const real = await load<typeof import("node:fs")>();
  const createReadStream = (path: string, range: { start: number; end: number }): ReadStream => {
    const { failsAfter } = disk;
    const stream = real.createReadStream(path, { ...range, highWaterMark: 512 });
    disk.open.push(stream);
    if (failsAfter !== undefined)
      stream.on("data", () => {
        if (stream.bytesRead >= failsAfter)
          stream.destroy(Object.assign(new Error("EIO: i/o error, read"), { code: "EIO" }));
      });
    return stream;
  };
  return { ...real, createReadStream };
});

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "recollect-zip-"));
  path = join(folder, "some.zip");
  // Words that do not repeat, so that it stays long when it is packed.
  const content = Array.from({ length: 20_000 }, (_, index) => (index * 7_919).toString(36)).join(" ");
  writeFileSync(
    path,
    writeZip([
      { name: "packed", content },
      { name: "stored", content, isStored: true },
    ]),
  );
});

afterEach(() => {
  disk.failsAfter = undefined;
  disk.open = [];
  rmSync(folder, { recursive: true, force: true });
});

async function readAll(name: string): Promise<number> {
  const entry = listZip(path).find((each) => each.name === name);
  let read = 0;
  if (entry !== undefined) for await (const piece of readZipEntry(path, entry)) read += piece.length;
  return read;
}

describe.each(["packed", "stored"])("a file in a zip, %s", (name) => {
  it("that cannot be read to its end is an error, soon", async () => {
    disk.failsAfter = 2_048;
    await expect(readAll(name)).rejects.toMatchObject({
      code: "invalid_input",
      message: `${path} cannot be read: EIO: i/o error, read.`,
    });
    expect(disk.open.map(({ destroyed }) => destroyed)).toEqual([true]);
  }, 5_000);

  it("lets go of the archive when its reader has enough", async () => {
    const entry = listZip(path).find((each) => each.name === name);
    if (entry !== undefined) for await (const piece of readZipEntry(path, entry)) if (piece.length > 0) break;
    expect(disk.open.map(({ destroyed }) => destroyed)).toEqual([true]);
    expect(await readAll(name)).toBeGreaterThan(50_000);
  });
});
