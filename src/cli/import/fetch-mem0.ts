import pLimit from "p-limit";
import { invalidInput, MemoryError } from "../../errors.ts";
import type { ForeignMemory, ForeignSource } from "./foreign-memory.ts";
import { isRecord, readMem0Change, readMem0Item } from "./read-mem0-row.ts";

type Row = Readonly<Record<string, unknown>>;

export interface FetchOptions {
  /** "https://api.mem0.ai", or a server's own address. */
  readonly url: string;
  readonly apiKey: string;
  /** Mem0's filters; left out: everybody's memories. */
  readonly filters: object | undefined;
  /** One request more for each memory. */
  readonly withHistory: boolean;
  readonly onProgress?: (fetched: number, of: number) => void;
}

/** The platform's own bound. */
const PAGE_SIZE = 200;
const SELF_HOSTED_ROWS = 1_000;
const REQUEST_MS = 60_000;
const ATTEMPTS = 4;
const AT_A_TIME = 4;
const LONGEST_WAIT_S = 60;

/** Every owner: an id of any of the four kinds. */
const EVERYBODY = { OR: ["user_id", "agent_id", "app_id", "run_id"].map((name) => ({ [name]: "*" })) };

/**
 * Lists the memories of Mem0's platform, or of a server that speaks its API, page by page; of Mem0's self-hosted server
 * owner by owner.
 * @throws MemoryError `unauthorized`, `not_found`, `timeout`, `store_failed` for a server that does not answer.
 */
export async function fetchMem0(options: FetchOptions): Promise<ForeignSource> {
  const send = sender(options);
  const filters = options.filters ?? EVERYBODY;
  // 404: no such path, so not the platform's API. 400: a server that wants owners by their names.
  const way = await probe(send, filters, [404, 405], options.filters === undefined ? [400] : []);
  const { memories, notes } =
    way === "by page"
      ? await readPages(send, filters, options.onProgress)
      : way === "by owner"
        ? await readEntities(send, options.onProgress)
        : await readOwners(send);
  const historyPath = (id: string): string =>
    way === "not at all"
      ? `/memories/${encodeURIComponent(id)}/history`
      : `/v1/memories/${encodeURIComponent(id)}/history/`;
  const withChanges = options.withHistory ? await addHistories(send, memories, historyPath) : memories;
  return {
    what: way === "not at all" ? "Mem0's self-hosted server" : "Mem0's API",
    instance: new URL(options.url).host,
    memories: withChanges,
    skipped: [],
    notes: options.withHistory
      ? notes
      : [...notes, "Histories were not asked for: --with-history brings them along, with a request for each memory."],
  };
}

interface Read {
  readonly memories: readonly ForeignMemory[];
  readonly notes: readonly string[];
}

async function probe(
  send: Send,
  filters: object,
  absent: readonly number[],
  named: readonly number[],
): Promise<"by page" | "by owner" | "not at all"> {
  let refused = 0;
  const answer = await send("POST", "/v3/memories/?page=1&page_size=1", listBody(filters), (status) => {
    refused = status;
    return absent.includes(status) || named.includes(status);
  });
  if (answer !== null) return "by page";
  return named.includes(refused) ? "by owner" : "not at all";
}

async function readPages(send: Send, filters: object, onProgress: FetchOptions["onProgress"]): Promise<Read> {
  const memories: ForeignMemory[] = [];
  let count = 0;
  for (let number = 1; ; number += 1) {
    const page = await send("POST", `/v3/memories/?page=${number}&page_size=${PAGE_SIZE}`, listBody(filters));
    const rows = rowsOf(page);
    memories.push(...rows.map(readMem0Item));
    count = isRecord(page) && typeof page["count"] === "number" ? page["count"] : memories.length;
    onProgress?.(memories.length, count);
    // The address of the next page is not followed: the key goes to no other host.
    const isLast = rows.length === 0 || (isRecord(page) ? (page["next"] ?? null) === null : rows.length < PAGE_SIZE);
    if (isLast) break;
  }
  const notes =
    count === memories.length
      ? []
      : [`The API counts ${count} memories and listed ${memories.length}: some changed meanwhile. Run it again.`];
  return { memories, notes };
}

/** Every user, agent, app and run by its name; a memory of several of them is listed several times and kept once. */
async function readEntities(send: Send, onProgress: FetchOptions["onProgress"]): Promise<Read> {
  const owners: object[] = [];
  for (let number = 1; ; number += 1) {
    const page = await send("GET", `/v1/entities/?page=${number}&page_size=${PAGE_SIZE}`);
    for (const { type, name } of rowsOf(page)) owners.push({ [`${String(type)}_id`]: name });
    if (!isRecord(page) || (page["next"] ?? null) === null) break;
  }
  const found = new Map<string, ForeignMemory>();
  const notes: string[] = [];
  for (const owner of owners) {
    const read = await readPages(send, owner, undefined);
    for (const memory of read.memories) found.set(memory.id, memory);
    notes.push(...read.notes);
    onProgress?.(found.size, found.size);
  }
  return { memories: [...found.values()], notes };
}

/** Mem0's self-hosted server: it lists one owner at a time, at most 1,000 memories of it. */
async function readOwners(send: Send): Promise<Read> {
  const owners = rowsOf(await send("GET", "/entities"));
  const found = new Map<string, ForeignMemory>();
  const notes: string[] = [];
  for (const owner of owners) {
    const [type, id] = [String(owner["type"]), String(owner["id"] ?? owner["name"])];
    const query = new URLSearchParams({ [`${type}_id`]: id, top_k: String(SELF_HOSTED_ROWS), show_expired: "true" });
    const rows = rowsOf(await send("GET", `/memories?${query.toString()}`));
    for (const row of rows.map(readMem0Item)) found.set(row.id, row);
    if (rows.length >= SELF_HOSTED_ROWS)
      notes.push(
        `Of ${type} ${id} the server lists no more than ${SELF_HOSTED_ROWS} memories: bring the rest along from its database.`,
      );
  }
  return { memories: [...found.values()], notes };
}

async function addHistories(
  send: Send,
  memories: readonly ForeignMemory[],
  pathOf: (id: string) => string,
): Promise<ForeignMemory[]> {
  const limit = pLimit(AT_A_TIME);
  return await limit.map(memories, async (memory) => {
    const rows = rowsOf(await send("GET", pathOf(memory.id), undefined, (status) => status === 404));
    const changes = rows.map(readMem0Change).toSorted((one, other) => (one.at ?? 0) - (other.at ?? 0));
    return { ...memory, changes };
  });
}

/** Answers null for a status that is no error. */
type Send = (method: string, path: string, body?: unknown, isNoError?: (status: number) => boolean) => Promise<unknown>;

function sender({ url, apiKey }: FetchOptions): Send {
  const base = url.replace(/\/+$/u, "");
  return async (method, path, body, isNoError = () => false) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetchOnce(`${base}${path}`, method, apiKey, body);
      if (response.ok) return await parseAnswer(response, path);
      if (isNoError(response.status)) return null;
      const isPassing = response.status === 429 || response.status >= 500;
      if (!isPassing || attempt === ATTEMPTS) throw await failure(response, method, path);
      const wait = Math.min(Number(response.headers.get("retry-after") ?? "") || 2 ** attempt, LONGEST_WAIT_S);
      await new Promise((resolve) => {
        setTimeout(resolve, wait * 1000);
      });
    }
  };
}

async function fetchOnce(url: string, method: string, apiKey: string, body: unknown): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      // The platform reads the first, its self-hosted server the second.
      headers: { Authorization: `Token ${apiKey}`, "X-API-Key": apiKey, "Content-Type": "application/json" },
      // Another host must not be given the key.
      redirect: "error",
      signal: AbortSignal.timeout(REQUEST_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    const { name, message, cause } = error as Error;
    if (name === "TimeoutError")
      throw new MemoryError("timeout", `${new URL(url).host} did not answer within ${REQUEST_MS / 1000} s.`, {
        retryable: true,
      });
    const reason = (cause as Error | undefined)?.message ?? message;
    throw new MemoryError("store_failed", `${new URL(url).host} cannot be reached: ${reason}.`, { cause: error });
  }
}

async function parseAnswer(response: Response, path: string): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw invalidInput(`The answer to ${path} is no JSON (${(error as Error).name}). Is this the address of an API?`);
  }
}

async function failure(response: Response, method: string, path: string): Promise<MemoryError> {
  const said = (await response.text()).slice(0, 200);
  const text = `${method} ${path} was answered with ${response.status}: ${said}`;
  if (response.status === 401 || response.status === 403)
    return new MemoryError("unauthorized", `${text} Check --api-key.`);
  return new MemoryError(response.status === 404 ? "not_found" : "store_failed", text);
}

function listBody(filters: object): object {
  return { filters, show_expired: true };
}

function rowsOf(answer: unknown): Row[] {
  const list = isRecord(answer) ? (answer["results"] ?? answer["memories"]) : answer;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
