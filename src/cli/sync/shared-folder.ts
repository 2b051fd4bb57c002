import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { MEMORY_KINDS, TIME_GRANULARITIES } from "../../domain/memory.ts";
import { compareClocks, joinAll } from "../../domain/replica.ts";
import type { SharedContent, SharedMemory } from "../../domain/replica.ts";
import { MemoryError } from "../../errors.ts";
import { readText, writeText } from "../wiring/write-file.ts";
import { idFor } from "./shared-content.ts";

const LONGEST = 4_000_000;
const kinds = MEMORY_KINDS.filter((kind) => kind !== "message") as [SharedContent["kind"], ...SharedContent["kind"][]];
const id = z.string().min(1).max(255).regex(/^\S+$/u);
const content = z.strictObject({
  kind: z.enum(kinds),
  text: z.string().min(1).max(LONGEST),
  categories: z.array(z.string().max(255)).max(100),
  metadata: z.record(z.string(), z.unknown()),
  agentId: id.optional(),
  appId: id.optional(),
  author: id.optional(),
  saidAt: z.int(),
  validFrom: z.int().optional(),
  validTo: z.int().optional(),
  granularity: z.enum(TIME_GRANULARITIES).optional(),
  expirationDate: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/u)
    .optional(),
  attribute: z
    .strictObject({
      subject: z.string(),
      attribute: z.string(),
      value: z.string(),
      cardinality: z.enum(["single", "multiple"]),
    })
    .optional(),
  language: z.string().max(35).optional(),
});
const line = z.strictObject({
  id: z.uuid(),
  clock: z.record(z.string(), z.int().positive()),
  versions: z.array(
    z.strictObject({
      dot: z.strictObject({ replica: z.string(), number: z.int().positive() }),
      at: z.int(),
      content,
    }),
  ),
});

export interface FolderContent {
  /** What each replica's file says, by the file's name. */
  readonly files: ReadonlyMap<string, readonly SharedMemory[]>;
  /** Lines that could not be read, in words. */
  readonly skipped: readonly string[];
}

/** Every replica's file of a folder; lines that are damaged are told, and nothing is taken for deleted because of them. */
export function readFolder(folder: string): FolderContent {
  const files = new Map<string, readonly SharedMemory[]>();
  const skipped: string[] = [];
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".jsonl")) : [];
  for (const name of names.toSorted()) {
    const read: SharedMemory[] = [];
    if (!isPlainFile(join(folder, name))) {
      skipped.push(`${join(folder, name)} is no plain file: it was not read.`);
      continue;
    }
    for (const [index, text] of (readText(join(folder, name)) ?? "").split("\n").entries()) {
      if (text.trim() === "") continue;
      const parsed = parseLine(text);
      if (typeof parsed === "string") skipped.push(`${join(folder, name)}, line ${index + 1}: ${parsed}`);
      else read.push(parsed);
    }
    files.set(name, read);
  }
  return { files, skipped };
}

function parseLine(text: string): SharedMemory | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Cut off, or the marks of a merge by hand: told to the caller.
    return "is no JSON";
  }
  const parsed = line.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is not understood"}`;
}

/**
 * This replica's file after a sync. It keeps what it has until another replica's file knows more, and takes in what no
 * file knows: so nothing is dropped by two replicas at once, and files of two replicas never conflict in git.
 * @returns null where it stays as it is.
 */
export function planFile(
  { files }: FolderContent,
  name: string,
  memories: ReadonlyMap<string, SharedMemory>,
): { readonly before: number; readonly text: string; readonly written: number } | null {
  const own = new Map((files.get(name) ?? []).map((memory) => [memory.id, memory]));
  const others = joinStates([...files].filter(([each]) => each !== name).flatMap(([, each]) => each));
  let written = 0;
  const lines: string[] = [];
  for (const memory of [...memories.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    const elsewhere = others.get(memory.id);
    const mine = own.get(memory.id);
    const isNewer = (than: SharedMemory | undefined): boolean =>
      than === undefined || compareClocks(memory.clock, than.clock) !== "equal" || !sameVersions(memory, than);
    if (isNewer(mine) && !isNewer(elsewhere)) {
      // Another file says it all; what ours says less of goes.
      continue;
    }
    if (isNewer(mine)) written += 1;
    lines.push(JSON.stringify(memory));
  }
  const text = lines.map((each) => `${each}\n`).join("");
  const before = (files.get(name) ?? []).map((each) => `${JSON.stringify(each)}\n`).join("");
  return text === before ? null : { before: own.size, text, written };
}

export function writeFolder(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  // Whoever may write into the folder could let a link of our file's name lead to another file of ours.
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined && !isPlainFile(path))
    throw new MemoryError("invalid_input", `${path} is no plain file, and was not written. Remove it.`);
  writeText(path, text, readText(path));
}

function isPlainFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function joinStates(memories: readonly SharedMemory[]): ReadonlyMap<string, SharedMemory> {
  return joinAll([memories], idFor).memories;
}

function sameVersions(one: SharedMemory, other: SharedMemory): boolean {
  return JSON.stringify(one.versions.map(({ dot }) => dot)) === JSON.stringify(other.versions.map(({ dot }) => dot));
}
