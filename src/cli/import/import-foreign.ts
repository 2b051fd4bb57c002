import { homedir } from "node:os";
import { isClaudeCodeLine, parseObject } from "../../api/transcripts/claude-code-lines.ts";
import { isCodexLine } from "../../api/transcripts/codex-lines.ts";
import { invalidInput } from "../../errors.ts";
import type { Call, Reply } from "../commands/command.ts";
import { jsonOption, ownerOf } from "../commands/options.ts";
import type { OwnerIds, Row, Store } from "../store/store.ts";
import { paint } from "../terminal/paint.ts";
import { endProgress, showProgress } from "../terminal/write.ts";
import { detectAt, detectUsual, importerNamed } from "./catalogue.ts";
import type { Hit } from "./catalogue.ts";
import { Place } from "./place.ts";
import { ImportRun } from "./plan-import.ts";
import { describeRun, describeSkipped } from "./report.ts";

/** Whose data it is: the named system's, or what is recognised. None: an export of ours, or rows. */
export function findImporters(call: Call, path: string): Hit[] {
  const from = call.text("from");
  const place = new Place(path);
  try {
    if (from !== undefined) {
      const importer = importerNamed(from);
      return [{ importer, path, what: importer.detect(place) ?? importer.title }];
    }
    if (isOwnExport(place)) return [];
    refuseSession(place);
    const hits = detectAt(place);
    if (hits.length === 0 && place.isFolder)
      throw invalidInput(`${path} holds no data of a system that is known (docs/importers.md). Name a file in it.`);
    if (hits.length === 0 && (place.isSqlite || place.isZip))
      throw invalidInput(`${path} is of no system that is known (docs/importers.md). --from names one.`);
    return hits;
  } finally {
    place.close();
  }
}

/** Sessions have a command of their own, which knows of pauses and projects: kept in two ways they would stand twice. */
function refuseSession({ head, path, isFolder }: Place): void {
  if (isFolder || !head.startsWith("{")) return;
  const lines = head.split("\n").slice(0, 5).map(parseObject);
  if (lines.some((line) => isClaudeCodeLine(line) || isCodexLine(line)))
    throw invalidInput(`${path} is a session of a coding agent: "recollect ingest ${path}" keeps it, turn by turn.`);
}

function isOwnExport({ head }: Place): boolean {
  return head.slice(0, 300).includes('"recollect-export"');
}

/** The library's own words in the history of what `undo` deletes. */
const TAKEN_BACK = "batch taken back";

interface Imported {
  readonly data: Row & { readonly imported: number; readonly memories: number };
  readonly lines: readonly string[];
}

/** Reads one source, or with --all each that lies at the path, says what it found, and stores each as one batch. */
export async function importForeign(call: Call, path: string, hits: readonly Hit[]): Promise<Reply> {
  if (hits.length > 1 && !call.has("all")) {
    const list = hits.map(({ importer, what }) => `  --from ${importer.name}: ${what}`).join("\n");
    throw invalidInput(`${path} holds data of several systems. Name one, or say --all:\n${list}`, { exitStatus: 2 });
  }
  const owner = ownerOf(call);
  const all: Imported[] = [];
  for (const hit of hits) all.push(await importOne(call, hit, owner));
  const isDryRun = call.has("dry-run");
  const sources = all.map(({ data }) => data);
  return {
    data: { is_dry_run: isDryRun, sources },
    count: sources.reduce((sum, { memories, imported }) => sum + (isDryRun ? memories : imported), 0),
    scope: owner,
    lines: () => [
      ...all.flatMap(({ lines }) => lines),
      ...(isDryRun ? ["Nothing was stored: this was a dry run."] : []),
    ],
  };
}

async function importOne(call: Call, { importer, path, what }: Hit, owner: OwnerIds): Promise<Imported> {
  const place = new Place(path);
  try {
    const read = await importer.read(place, {
      asInstructions: call.has("instructions"),
      map: jsonOption(call, "map"),
    });
    const store = call.has("dry-run") ? undefined : await call.store();
    const options = { source: importer.name, owner, fillsOwner: true, now: Date.now() };
    const run = new ImportRun(read, options);
    const stored = store === undefined ? await count(run) : await keep(store, run);
    endProgress();
    const { memories, users, versions, masked, kinds, states } = run.counts;
    const data = {
      system: importer.name,
      source: what,
      memories,
      kinds: Object.fromEntries(kinds),
      states: Object.fromEntries(states),
      users: users.size,
      versions,
      masked,
      skipped: run.skipped,
      notes: run.notes,
      ...stored,
    };
    const lines = [
      paint("bold", `${importer.title}: ${what}`),
      ...describeRun(run),
      ...describeSkipped(run, call.has("all-skipped")),
      ...describeStored(stored),
    ];
    return { data, lines };
  } finally {
    place.close();
  }
}

interface Stored {
  readonly imported: number;
  readonly there_already?: number;
  readonly restored?: number;
  readonly purged?: number;
  /** What `--undo` takes; left out where nothing was stored. */
  readonly batch?: string;
}

async function count(run: ImportRun): Promise<Stored> {
  for await (const { record } of run.memories()) progress(run, record.saidAt);
  return { imported: 0 };
}

async function keep(store: Store, run: ImportRun): Promise<Stored> {
  const lines = async function* (): AsyncGenerator<string, void, undefined> {
    for await (const line of run.lines()) {
      progress(run, null);
      yield line;
    }
  };
  const answer = await store.import(lines());
  const [imported, known, purged] = ["imported", "skipped", "purged"].map((name) => Number(answer[name] ?? 0));
  const batch = answer["batch_id"];
  const restored = (known ?? 0) === 0 || store.kind === "server" ? 0 : await restoreUndone(store, run.ids);
  return {
    imported: imported ?? 0,
    there_already: (known ?? 0) - restored,
    restored,
    purged: purged ?? 0,
    ...(typeof batch === "string" && (imported ?? 0) > 0 ? { batch } : {}),
  };
}

/** What an earlier import brought and `--undo` took back; what somebody deleted by hand stays deleted. */
async function restoreUndone(store: Store, ids: ReadonlySet<string>): Promise<number> {
  let restored = 0;
  for (const id of ids) {
    if ((await store.get(id)) !== null) continue;
    const [last] = await store.history(id);
    if (last?.["action"] !== "DELETE" || last["reason"] !== TAKEN_BACK) continue;
    await store.restore(id);
    restored += 1;
  }
  return restored;
}

function progress({ counts: { memories } }: ImportRun, saidAt: number | null): void {
  if (memories % 200 !== 0) return;
  const until = saidAt === null ? "" : `, at ${new Date(saidAt).toISOString().slice(0, 10)}`;
  showProgress(`${memories} memories${until}`);
}

function describeStored({ imported, there_already: known, restored = 0, purged = 0, batch }: Stored): string[] {
  if (known === undefined) return [];
  const back = restored === 0 ? "" : ` Restored, as an import was taken back before: ${restored}.`;
  const gone = purged === 0 ? "" : ` Purged here before, and left so: ${purged}.`;
  return [
    `Imported: ${imported}. There already: ${known}.${back}${gone}`,
    ...(batch === undefined ? [] : [`To take it back: recollect import --undo ${batch}`]),
  ];
}

/** What lies in the usual places; nothing is read further, nothing is stored. */
export function listUsual(): Reply {
  const hits = detectUsual({ home: homedir(), folder: process.cwd(), env: process.env });
  return {
    data: { found: hits.map(({ importer, path, what }) => ({ system: importer.name, path, what })) },
    count: hits.length,
    status: hits.length === 0 ? 3 : 0,
    lines: () =>
      hits.length === 0
        ? ['Nothing of another system lies in the usual places. "recollect import <path>" looks at a path.']
        : [
            ...hits.map(({ importer, path, what }) => `${importer.name}  ${path}  ${paint("dim", what)}`),
            "Nothing was imported. recollect import <path> --dry-run says what it would bring.",
          ],
  };
}
