import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { invalidInput } from "../../errors.ts";
import { userFolder } from "../store/find-file.ts";
import { AGENT_NAMES } from "./agent-table.ts";
import { readText, writeText } from "./write-file.ts";

/** One place in a file that `init` changed. It holds none of the user's own text. */
export interface WiringChange {
  /** Agents that read it: a rule file can be that of several. */
  readonly agents: readonly string[];
  readonly scope: "user" | "project";
  readonly path: string;
  readonly kind: "json" | "toml" | "rules";
  /** The property or table that is ours. */
  readonly key: readonly string[];
  /** The outermost property that was made for it. */
  readonly root: readonly string[];
  /** What was put into the file, byte for byte. */
  readonly inserted: string;
  readonly head?: string | undefined;
  /** True when the file was not there before. */
  readonly isNew: boolean;
  /** Folders that were made for it, outermost first. */
  readonly folders: readonly string[];
}

const change: z.ZodType<WiringChange> = z.object({
  agents: z.array(z.enum(AGENT_NAMES as [string, ...string[]])),
  scope: z.enum(["user", "project"]),
  path: z.string(),
  kind: z.enum(["json", "toml", "rules"]),
  key: z.array(z.string()),
  root: z.array(z.string()),
  inserted: z.string(),
  head: z.string().optional(),
  isNew: z.boolean(),
  folders: z.array(z.string()),
});

const record = z.object({ version: z.literal(1), changes: z.array(change) });

export function recordPath(): string {
  return join(userFolder(), "agents.json");
}

/** What was changed, oldest first. @throws MemoryError `invalid_input` for a damaged record. */
export function readRecord(): readonly WiringChange[] {
  const path = recordPath();
  const text = readText(path);
  if (text === null) return [];
  try {
    return record.parse(JSON.parse(text)).changes;
  } catch (error) {
    throw invalidInput(
      `${path}, the record of what was changed for agents, cannot be read: ${(error as Error).message}. Mend it, or remove it and take the entries named "recollect" out by hand.`,
    );
  }
}

export function writeRecord(changes: readonly WiringChange[]): void {
  const path = recordPath();
  const before = readText(path);
  if (changes.length === 0) {
    rmSync(path, { force: true });
    return;
  }
  if (!existsSync(userFolder())) mkdirSync(userFolder(), { recursive: true, mode: 0o700 });
  writeText(path, `${JSON.stringify({ version: 1, changes }, null, 2)}\n`, before, 0o600);
}
