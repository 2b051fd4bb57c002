import { join, sep } from "node:path";
import { MemoryError } from "../../errors.ts";
import { waitForLock } from "../process-lock.ts";
import { agentFolder, fileNameOf, readState, writeState } from "./agent-folder.ts";

/** A time in which nothing is recalled and nothing kept; `private`: nothing is kept, and recall goes on. */
export interface Pause {
  readonly mode: "pause" | "private";
  /** Of this session, or of everything in this folder and below. */
  readonly session?: string;
  readonly folder?: string;
  /** Epoch milliseconds. A private session has been private from its start: 0. */
  readonly from: number;
  readonly until: number | null;
}

export interface Place {
  readonly session: string | undefined;
  readonly folder: string;
}

/** Ended pauses are kept as long as a transcript of that time may still be read. */
const KEPT_MS = 400 * 24 * 60 * 60 * 1000;
/** How long a write of the list may take, and how long a batch of turns may. */
const LIST_PATIENCE_MS = 5_000;
const BATCH_PATIENCE_MS = 60_000;

export function readPauses(): readonly Pause[] {
  const list = readState(pausesFile())?.["pauses"];
  return Array.isArray(list) ? list.filter(isPause) : [];
}

/** What holds now. */
export function modeAt(pauses: readonly Pause[], place: Place, now: number): "pause" | "private" | undefined {
  const holding = pauses.filter((each) => concerns(each, place) && isWithin(each, now)).map(({ mode }) => mode);
  return holding.includes("pause") ? "pause" : holding[0];
}

/** Whether what was said then is to be left out of what is kept. */
export function isLeftOut(pauses: readonly Pause[], place: Place, saidAt: number): boolean {
  return pauses.some((each) => concerns(each, place) && isWithin(each, saidAt));
}

/** Starts a pause; one that holds already is left as it is. */
export function startPause(pause: Omit<Pause, "until">): Promise<void> {
  return alone(pausesFile(), LIST_PATIENCE_MS, () => {
    const pauses = readPauses();
    if (pauses.some((each) => isSame(each, pause) && each.until === null)) return;
    save([...pauses, { ...pause, until: null }], pause.from);
  });
}

/** Ends what holds of a session or a folder, and tells how many pauses that were. */
export function endPauses(target: Pick<Pause, "session" | "folder">, now: number): Promise<number> {
  return alone(pausesFile(), LIST_PATIENCE_MS, () => {
    const pauses = readPauses();
    const open = pauses.filter(
      (each) => each.until === null && each.session === target.session && each.folder === target.folder,
    );
    if (open.length > 0)
      save(
        pauses.map((each) => (open.includes(each) ? { ...each, until: now } : each)),
        now,
      );
    return open.length;
  });
}

/**
 * Looks what is paused and stores turns of a session, while nobody who waits with `lastTurnsOf` goes on.
 * @throws MemoryError `conflict`, retryable, when another process stores turns all the time.
 */
export function whileStoringTurns<Result>(session: string, store: () => Promise<Result>): Promise<Result> {
  return alone(turnsLock(session), BATCH_PATIENCE_MS, store);
}

/**
 * Resolves when the turns of a session that some process was storing are stored: whoever stores others looks at the
 * pauses again before.
 * @throws MemoryError `conflict`, retryable.
 */
export function lastTurnsOf(session: string): Promise<void> {
  return alone(turnsLock(session), BATCH_PATIENCE_MS, () => undefined);
}

async function alone<Result>(path: string, patienceMs: number, work: () => Result | Promise<Result>): Promise<Result> {
  const release = await waitForLock(`${path}.lock`, patienceMs);
  if (release === undefined)
    throw new MemoryError("conflict", `Another process has ${path}.lock all the time. Try again.`, { retryable: true });
  try {
    return await work();
  } finally {
    release();
  }
}

/** One of sixteen: sessions do not wait for each other long, and no file is left for each that ever was. */
function turnsLock(session: string): string {
  return join(agentFolder(), "turns", fileNameOf(session).slice(0, 1));
}

function save(pauses: readonly Pause[], now: number): void {
  writeState(pausesFile(), { pauses: pauses.filter(({ until }) => until === null || until > now - KEPT_MS) });
}

function pausesFile(): string {
  return join(agentFolder(), "pauses.json");
}

function concerns({ session, folder }: Pause, place: Place): boolean {
  if (session !== undefined) return session === place.session;
  if (folder === undefined) return false;
  return place.folder === folder || place.folder.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isWithin({ from, until }: Pause, time: number): boolean {
  return time >= from && (until === null || time < until);
}

function isSame(one: Omit<Pause, "until" | "from">, other: Omit<Pause, "until" | "from">): boolean {
  return one.mode === other.mode && one.session === other.session && one.folder === other.folder;
}

function isPause(value: unknown): value is Pause {
  if (typeof value !== "object" || value === null) return false;
  const { mode, from, until } = value as Partial<Pause>;
  return (
    (mode === "pause" || mode === "private") &&
    typeof from === "number" &&
    (until === null || typeof until === "number")
  );
}
