import { join } from "node:path";
import { agentFolder, fileNameOf, readState, writeState } from "./agent-folder.ts";
import { headOf } from "./transcript-file.ts";

/** How far a session file was read into a store. */
export interface TranscriptCursor {
  /** Bytes. */
  readonly offset: number;
  readonly session: string | undefined;
  readonly folder: string | undefined;
  readonly branch: string | undefined;
  /** Files that the session is known to have written: each is told once. */
  readonly edited: readonly string[];
}

const BEGINNING: TranscriptCursor = { offset: 0, session: undefined, folder: undefined, branch: undefined, edited: [] };

export interface CursorPlace {
  readonly transcript: string;
  /** The file or the address of the server that it was read into. */
  readonly store: string;
}

/** The beginning for a file that was never read, that is shorter than it was, or that is another one by now. */
export async function readCursor(place: CursorPlace): Promise<TranscriptCursor> {
  const state = readState(fileOf(place));
  if (state === undefined) return BEGINNING;
  const { digest, bytes } = await headOf(place.transcript);
  const { offset, head, session, folder, branch, edited } = state;
  if (typeof offset !== "number" || offset > bytes || (head !== "" && head !== digest)) return BEGINNING;
  return {
    offset,
    session: asText(session),
    folder: asText(folder),
    branch: asText(branch),
    edited: Array.isArray(edited) ? edited.filter((path) => typeof path === "string") : [],
  };
}

/** Written after what it tells of is on disk: a process that is killed between the two reads the same lines again. */
export async function writeCursor(place: CursorPlace, cursor: TranscriptCursor): Promise<void> {
  const { digest } = await headOf(place.transcript);
  writeState(fileOf(place), { ...place, head: digest, ...cursor });
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function fileOf({ transcript, store }: CursorPlace): string {
  return join(agentFolder(), "cursors", `${fileNameOf(`${store}\n${transcript}`)}.json`);
}
