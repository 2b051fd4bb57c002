import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isBeam, readBeam } from "./beam.ts";
import { isLocomo, readLocomo } from "./locomo.ts";
import type { Corpus } from "./corpus.ts";

/** Reads a corpus file; its content, not its name, decides the format. */
export async function readCorpus(path: string): Promise<{ corpus: Corpus; sha256: string }> {
  const bytes = await readFile(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const data: unknown = JSON.parse(bytes.toString("utf8"));
  if (isLocomo(data)) return { corpus: readLocomo(data), sha256 };
  if (isBeam(data)) return { corpus: readBeam(data), sha256 };
  throw new Error(`Expected LoCoMo's JSON (a list with "sample_id") or BEAM chats (a list with "chat"), got neither.`);
}
