import { isAbsolute, relative } from "node:path";
import type { AgentLine, AgentLineReader } from "../../api/transcripts/agent-session.ts";
import type { MessageInput } from "../../index.ts";
import type { Row, Store } from "../store/store.ts";
import { countTokens } from "../../text/token-count.ts";
import { realFolder } from "./git-folder.ts";
import { isLeftOut, readPauses, whileStoringTurns } from "./pauses.ts";
import type { ProjectScope } from "./project-scope.ts";
import { linesFrom } from "./transcript-file.ts";
import { readCursor, writeCursor } from "./transcript-cursor.ts";
import type { TranscriptCursor } from "./transcript-cursor.ts";

export interface IngestOptions {
  readonly transcript: string;
  readonly reader: AgentLineReader;
  /** Undefined: nothing is stored, and what would be is counted. */
  readonly store: Store | undefined;
  /** The store's file or address, whose cursor is meant. */
  readonly place: string;
  /** Whose and what a session in a folder is. */
  readonly scopeOf: (folder: string) => ProjectScope;
  /** The folder, where the file names none. */
  readonly folder: string;
  readonly session?: string | undefined;
  /** Called between two batches. */
  readonly onProgress?: (report: IngestReport) => void;
}

export interface IngestReport {
  readonly agent: string;
  readonly session: string | undefined;
  readonly folder: string | undefined;
  readonly project: string | undefined;
  /** Said by people and agents, new to the store's cursor. */
  readonly turns: number;
  /** Known to the store already. */
  readonly known: number;
  readonly facts: number;
  readonly edited: number;
  /** Left out because of a pause, or of a private session. */
  readonly leftOut: number;
  /** Lines that are no JSON. */
  readonly damaged: number;
  /** About how many tokens a model would read. */
  readonly tokens: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Messages of one transaction: the event loop gets its turn, and a kill loses no more than this to be read again. */
const BATCH = 50;

type Counters = { -readonly [Name in keyof IngestReport]: IngestReport[Name] };

/** What a line says: a turn, files that were written, or both. */
interface Said {
  readonly line: Pick<AgentLine, "turn" | "edited">;
  /** Undefined where neither this line nor one before it has a time. */
  readonly saidAt: number | undefined;
}

interface Batch {
  readonly said: Said[];
  readonly folder: string;
  readonly session: string;
  readonly branch: string | undefined;
}

/**
 * Keeps the new turns of a session file: what was said, and which files were written, each once. Turns have their own
 * time, so that a turn that is read again, after a kill or because its cursor is gone, is known and changes nothing.
 */
export async function ingestTranscript(options: IngestOptions): Promise<IngestReport> {
  const { transcript, reader, store, place } = options;
  const scopes = new Map<string, ProjectScope>();
  const scopeOf = (folder: string): ProjectScope => {
    const known = scopes.get(folder) ?? options.scopeOf(folder);
    scopes.set(folder, known);
    return known;
  };
  let cursor = await readCursor({ transcript, store: place });
  const report = emptyReport(reader.agent);
  let batch: Batch | undefined;
  let lastSaidAt: number | undefined;
  const flush = async (): Promise<void> => {
    if (batch !== undefined && batch.said.length > 0)
      cursor = { ...cursor, edited: await keep({ ...options, scopeOf }, { batch, edited: cursor.edited, report }) };
    if (store !== undefined) await writeCursor({ transcript, store: place }, cursor);
    batch = undefined;
    options.onProgress?.(report);
  };
  for await (const { text, end } of linesFrom(transcript, cursor.offset)) {
    const line = text.trim() === "" ? {} : reader.read(text);
    if (line === undefined) report.damaged += 1;
    else {
      const { session: before, branch } = cursor;
      // One call has one session and one branch.
      if (batch !== undefined && (isOther(line.session, before) || isOther(line.branch, branch))) await flush();
      cursor = move(cursor, line);
      const session = cursor.session ?? options.session;
      lastSaidAt = line.turn?.saidAt ?? lastSaidAt;
      if (session !== undefined && (line.turn !== undefined || (line.edited ?? []).length > 0)) {
        batch ??= { said: [], folder: realFolder(cursor.folder ?? options.folder), session, branch: cursor.branch };
        batch.said.push({ line, saidAt: lastSaidAt });
      }
    }
    cursor = { ...cursor, offset: end };
    if ((batch?.said.length ?? 0) >= BATCH) await flush();
  }
  await flush();
  return { ...report, session: cursor.session ?? options.session, folder: cursor.folder ?? options.folder };
}

function isOther(named: string | undefined, known: string | undefined): boolean {
  return named !== undefined && named !== known;
}

/** The first folder is the session's: where an agent goes to look for something is no other project. */
function move(cursor: TranscriptCursor, { session, folder, branch }: AgentLine): TranscriptCursor {
  const isNew = session !== undefined && session !== cursor.session;
  return {
    ...cursor,
    session: session ?? cursor.session,
    folder: (isNew ? undefined : cursor.folder) ?? folder ?? cursor.folder,
    branch: branch ?? cursor.branch,
    edited: isNew ? [] : cursor.edited,
  };
}

interface Keeping {
  readonly batch: Batch;
  /** Files that were told of before. */
  readonly edited: readonly string[];
  readonly report: Counters;
}

/**
 * Stores what no pause leaves out, and answers which files have been told of. What is paused is looked up at the moment
 * of storing: what was made private meanwhile is not stored any more.
 */
async function keep(options: IngestOptions, keeping: Keeping): Promise<readonly string[]> {
  const { session } = keeping.batch;
  if (options.store === undefined) return messagesOf(options, keeping).edited;
  return whileStoringTurns(session, async () => {
    const { messages, edited } = messagesOf(options, keeping);
    if (messages.length > 0) await addTurns(options, keeping, messages);
    return edited;
  });
}

function messagesOf(
  { scopeOf }: IngestOptions,
  { batch, edited, report }: Keeping,
): { readonly messages: readonly MessageInput[]; readonly edited: readonly string[] } {
  const { said, folder, session } = batch;
  const pauses = readPauses();
  const messages: MessageInput[] = [];
  const told = new Set(edited);
  for (const { line, saidAt } of said) {
    const { turn } = line;
    if (isLeftOut(pauses, { session, folder }, saidAt ?? Date.now())) {
      if (turn !== undefined) report.leftOut += 1;
      continue;
    }
    const time = saidAt === undefined ? {} : { timestamp: new Date(saidAt) };
    if (turn !== undefined) {
      messages.push({ role: turn.role, content: turn.text, ...time });
      report.turns += 1;
      report.tokens += countTokens(turn.text);
      report.from ??= saidAt;
      report.to = saidAt ?? report.to;
    }
    const written = line.edited ?? [];
    const { root } = written.length === 0 ? { root: "" } : scopeOf(folder).project;
    const paths = [...new Set(written.map((path) => within(root, folder, path)))];
    const fresh = paths.filter((path) => !told.has(path));
    if (fresh.length === 0) continue;
    messages.push({ role: "tool", content: `Edited ${fresh.join(", ")}`, ...time });
    report.edited += fresh.length;
    for (const path of fresh) told.add(path);
  }
  return { messages, edited: [...told] };
}

/** As it is called in the project, wherever that lies. */
function within(root: string, folder: string, path: string): string {
  const inside = relative(root, isAbsolute(path) ? path : `${folder}/${path}`);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? path : inside.replaceAll("\\", "/");
}

async function addTurns(
  options: IngestOptions,
  { batch, report }: Keeping,
  messages: readonly MessageInput[],
): Promise<void> {
  const { owner, tags, project } = options.scopeOf(batch.folder);
  const answer = await (options.store as Store).add(messages, {
    owner: { ...owner, runId: batch.session },
    options: {
      metadata: {
        agent: options.reader.agent,
        ...tags,
        ...(batch.branch === undefined ? {} : { branch: batch.branch }),
      },
      wait: false,
    },
  });
  report.project = project.name;
  report.facts += countOf(answer["results"]);
  report.known += ((answer["messages"] ?? []) as readonly Row[]).filter((each) => each["replayed"] === true).length;
}

function countOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

function emptyReport(agent: string): Counters {
  return {
    agent,
    session: undefined,
    folder: undefined,
    project: undefined,
    turns: 0,
    known: 0,
    facts: 0,
    edited: 0,
    leftOut: 0,
    damaged: 0,
    tokens: 0,
    from: undefined,
    to: undefined,
  };
}
