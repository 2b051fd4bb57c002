import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { invalidInput, MemoryError } from "../errors.ts";

interface BackupSummary {
  readonly projects: number;
  readonly bytes: number;
}

const MANIFEST = "backup.json";
const manifestSchema = z.object({
  format: z.literal("recollect-server-backup"),
  version: z.literal(1),
  at: z.string(),
  files: z.array(
    z.object({
      path: z.string().regex(/^(?:control\.db|projects\/[\w.-]+\/memory\.db)$/u),
      bytes: z.number(),
      sha256: z.string(),
    }),
  ),
});
type BackupFile = z.infer<typeof manifestSchema>["files"][number];

/** All pages in one step: the copy is one state of the file, and a busy writer cannot make it start again. */
const WHOLE_FILE = 2 ** 31 - 1;

/**
 * Copies control.db and the file of every project that it names into a new or empty folder, also while the server
 * runs. control.db comes first: a project's file may then know more than control.db, never less. The manifest is
 * written last, so a backup that was cut off is none.
 * @throws MemoryError `conflict` when the target holds anything, `not_found`, `store_failed`.
 */
export async function backUpServer(dataFolder: string, target: string): Promise<BackupSummary> {
  const control = join(dataFolder, "control.db");
  if (!existsSync(control))
    throw new MemoryError("not_found", `There is no ${control}. Name the server's folder with --data.`);
  await requireEmpty(target, "a backup");
  await mkdir(target, { recursive: true, mode: 0o700 });
  const files: BackupFile[] = [await copyDatabase(dataFolder, target, "control.db")];
  for (const id of projectsOf(join(target, "control.db"))) {
    const path = `projects/${id}/memory.db`;
    // A project that nothing was ever added to has no file.
    if (existsSync(join(dataFolder, path))) files.push(await copyDatabase(dataFolder, target, path));
  }
  const manifest = { format: "recollect-server-backup", version: 1, at: new Date().toISOString(), files };
  await writeFile(join(target, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return summaryOf(files);
}

/**
 * Brings a backup into a new or empty data folder, after every file's hash was compared.
 * @throws MemoryError `conflict` when the data folder holds anything, `invalid_input` for what is no whole backup.
 */
export async function restoreServer(source: string, dataFolder: string): Promise<BackupSummary> {
  await requireEmpty(dataFolder, "a restore");
  const { files } = await readManifest(source);
  for (const { path, sha256 } of files) {
    const found = existsSync(join(source, path)) ? await hashOf(join(source, path)) : "no file";
    if (found !== sha256)
      throw invalidInput(`${join(source, path)} is not what was backed up: SHA-256 ${sha256} expected, got ${found}.`);
  }
  // control.db comes last, under its name once it is whole: a folder without it is no server's.
  for (const { path } of files.toReversed()) {
    const target = join(dataFolder, path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await copyFile(join(source, path), `${target}.restoring`);
    await rename(`${target}.restoring`, target);
  }
  return summaryOf(files);
}

async function copyDatabase(from: string, to: string, path: string): Promise<BackupFile> {
  const target = join(to, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(from, path), { timeout: 30_000 });
    await backup(database, target, { rate: WHOLE_FILE });
  } catch (error) {
    throw new MemoryError(
      "store_failed",
      `${join(from, path)} cannot be copied to ${target}: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  } finally {
    database?.close();
  }
  return { path, bytes: (await stat(target)).size, sha256: await hashOf(target) };
}

/** From the copy, so that the list and the copy are of one moment. */
function projectsOf(control: string): string[] {
  // Immutable: nothing writes it any more, and reading leaves no files beside it.
  const address = pathToFileURL(control);
  address.search = "?immutable=1";
  const database = new DatabaseSync(address, { readOnly: true });
  try {
    return database
      .prepare("SELECT id FROM projects ORDER BY id")
      .all()
      .map((row) => String(row["id"]));
  } finally {
    database.close();
  }
}

async function readManifest(folder: string): Promise<z.infer<typeof manifestSchema>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(join(folder, MANIFEST), "utf8"));
  } catch (error) {
    throw invalidInput(`${folder} is no whole backup: ${MANIFEST} cannot be read (${(error as Error).message}).`);
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success || parsed.data.files[0]?.path !== "control.db")
    throw invalidInput(`${join(folder, MANIFEST)} is not what this program writes. Was it made by a newer Recollect?`);
  return parsed.data;
}

async function requireEmpty(folder: string, what: string): Promise<void> {
  if (!existsSync(folder)) return;
  // Some file systems have it in every root of a volume.
  const held = (await readdir(folder)).filter((name) => name !== "lost+found");
  if (held.length > 0)
    throw new MemoryError(
      "conflict",
      `${folder} holds ${held.slice(0, 3).join(", ")}; ${what} overwrites nothing. Name a new folder.`,
    );
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return hash.digest("hex");
}

function summaryOf(files: readonly BackupFile[]): BackupSummary {
  return { projects: files.length - 1, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}
