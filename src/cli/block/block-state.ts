import { join } from "node:path";
import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import { readText, writeText } from "../wiring/write-file.ts";

/** A block that is on, and what was written there last. */
export interface KnownBlock {
  path: string;
  /** What was put around the block when it was made. */
  gap: string;
  end: string;
  isNew: boolean;
  folders: string[];
  fingerprint: string;
  /** Hashes, no text. */
  lines: { id: string; hash: string }[];
}

const block: z.ZodType<KnownBlock> = z.object({
  path: z.string(),
  gap: z.string(),
  end: z.string(),
  isNew: z.boolean(),
  folders: z.array(z.string()),
  fingerprint: z.string(),
  lines: z.array(z.object({ id: z.string(), hash: z.string() })),
});
const state = z.object({ version: z.literal(1), blocks: z.array(block) });

function statePath(folder: string): string {
  return join(folder, "blocks.json");
}

/** @throws MemoryError `invalid_input` for a damaged file. */
export function readBlocks(folder: string): readonly KnownBlock[] {
  const path = statePath(folder);
  const text = readText(path);
  if (text === null) return [];
  try {
    return state.parse(JSON.parse(text)).blocks;
  } catch (error) {
    throw invalidInput(
      `${path}, where the managed blocks are, cannot be read: ${(error as Error).message}. Mend or remove it.`,
    );
  }
}

export function writeBlocks(folder: string, blocks: readonly KnownBlock[]): void {
  const path = statePath(folder);
  writeText(path, `${JSON.stringify({ version: 1, blocks }, null, 2)}\n`, readText(path), 0o600);
}
