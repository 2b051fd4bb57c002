import { join } from "node:path";
import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import type { OwnerIds } from "../store/store.ts";
import { readText, writeText } from "../wiring/write-file.ts";

/** A block that is on, and what was written there last. */
export interface KnownBlock {
  readonly path: string;
  /** Whose memories it shows, as it was when it was turned on. */
  readonly owner: OwnerIds;
  /** True: those of the person that belong to no project, too. */
  readonly isProject: boolean;
  /** What was put around the block when it was made. */
  readonly gap: string;
  readonly end: string;
  readonly isNew: boolean;
  readonly folders: readonly string[];
  readonly fingerprint: string;
  /** Hashes, no text. */
  readonly lines: readonly { readonly id: string; readonly hash: string }[];
}

const id = z.string().exactOptional();
const block: z.ZodType<KnownBlock> = z.object({
  path: z.string(),
  owner: z.object({ userId: id, agentId: id, appId: id, runId: id }),
  isProject: z.boolean(),
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
