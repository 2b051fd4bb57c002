import { EXPORT_FORMAT, EXPORT_VERSION } from "../domain/export-format.ts";
import type { ExportLine, ExportScope, NumberedLine } from "../domain/export-format.ts";
import { MEMORY_KINDS, MEMORY_STATES } from "../domain/memory.ts";
import { isEmptyScope } from "../domain/scope.ts";
import { invalidInput, MemoryError } from "../errors.ts";
import {
  describeValue,
  pick,
  readBoolean,
  readOptions,
  readScope,
  SCOPE_OPTION_NAMES,
  warnUnknown,
} from "./parse-options.ts";
import type { LineSchema } from "./export-line-schema.ts";
import { parseScope, readList, withScopeInFilters } from "./parse-read.ts";

/** What `memory.export()` takes; all optional. Without ids or filters the whole store is exported. */
export interface ExportOptions {
  readonly userId?: string;
  readonly agentId?: string;
  readonly appId?: string;
  readonly runId?: string;
  readonly filters?: unknown;
  readonly kinds?: readonly string[];
  readonly states?: readonly string[];
  /** An agent, app or run without a user means everybody's memories of it. Default false: those without a user. */
  readonly acrossUsers?: boolean;
}

const KNOWN_OPTIONS: readonly string[] = [...SCOPE_OPTION_NAMES, "filters", "kinds", "states", "acrossUsers"];

/** @throws MemoryError `invalid_input`, for unknown options too: what is left out of an export is not noticed later. */
export function parseExport(input: unknown): { scope: ExportScope } {
  const options = readOptions(input, "export");
  const [unknown] = warnUnknown(options, KNOWN_OPTIONS, "export");
  if (unknown !== undefined) throw invalidInput(unknown.replace("; it was ignored.", "."));
  const kinds = readList(options, ["kinds"], MEMORY_KINDS);
  const states = readList(options, ["states"], MEMORY_STATES);
  const filters = pick(options, "filters");
  const isWhole = isEmptyScope(readScope(options)) && (filters === undefined || filters === null);
  if (isWhole) return { scope: { userIds: "all", filter: null, kinds, states } };
  const { userIds, filter } = parseScope(
    pick(withScopeInFilters(options), "filters"),
    readBoolean(options, ["acrossUsers"], false),
  );
  return { scope: { userIds, filter, kinds, states } };
}

/**
 * The lines of what was passed to `memory.import()`: a text, lines or pieces of text or bytes in any iterable, or a
 * stream of them. `rehearsal` reads them once more, where that is possible.
 * @throws MemoryError `invalid_input` that names the line.
 */
export function parseImport(source: unknown): {
  lines: AsyncIterable<NumberedLine>;
  rehearsal: AsyncIterable<NumberedLine> | null;
} {
  const isRepeatable = typeof source === "string" || Array.isArray(source);
  const pieces = typeof source === "string" ? [source] : source;
  const isIterable =
    typeof pieces === "object" && pieces !== null && (Symbol.asyncIterator in pieces || Symbol.iterator in pieces);
  if (!isIterable) {
    throw invalidInput(
      `import expects the lines of an export as a text, an iterable or a stream, got ${describeValue(source)}. To read a file, pass a stream of it.`,
    );
  }
  const read = (): AsyncIterable<NumberedLine> => parseLines(pieces as AsyncIterable<unknown>);
  return { lines: read(), rehearsal: isRepeatable ? read() : null };
}

async function* parseLines(pieces: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<NumberedLine> {
  // Loaded here: only who imports pays for the schema library.
  const { lineSchema } = await import("./export-line-schema.ts");
  let number = 0;
  for await (const raw of splitLines(pieces)) {
    number += 1;
    if (raw.trim() === "") continue;
    yield { number, line: parseLine(lineSchema, raw, number), raw };
  }
}

/** The longest line that is read: a message of the largest size with its history, and room. */
const LONGEST_LINE = 64_000_000;

/** Lines with their line feeds. A piece without one is a whole line when it is a whole object, else part of a line. */
async function* splitLines(pieces: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let rest = "";
  for await (const piece of readPieces(pieces)) {
    let start = 0;
    const added = readPiece(piece, decoder);
    const joined = rest + added;
    for (let end = joined.indexOf("\n", rest.length); end !== -1; end = joined.indexOf("\n", start)) {
      yield joined.slice(start, end + 1);
      start = end + 1;
    }
    rest = joined.slice(start);
    if (rest.length > LONGEST_LINE)
      throw invalidInput(`The import has a line of more than ${LONGEST_LINE} characters.`);
    if (rest.endsWith("}") && isWholeObject(rest)) {
      yield `${rest}\n`;
      rest = "";
    }
  }
  if (rest !== "") yield `${rest}\n`;
}

/** A stream that fails (no such file, a broken connection) ends the import as one of our errors. */
async function* readPieces(pieces: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator {
  try {
    for await (const piece of pieces) yield piece;
  } catch (error) {
    if (MemoryError.isInstance(error)) throw error;
    const reason = error instanceof Error ? error.message : describeValue(error);
    throw new MemoryError("invalid_input", `The source of the import cannot be read: ${reason}.`, { cause: error });
  }
}

/** The beginning of an object is never an object itself, so this cannot cut a line in two. */
function isWholeObject(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    // Part of a line; the next piece goes on.
    return false;
  }
}

function readPiece(piece: unknown, decoder: InstanceType<typeof TextDecoder>): string {
  if (typeof piece === "string") return piece;
  if (!(piece instanceof Uint8Array))
    throw invalidInput(`import expects pieces of text or bytes, got ${describeValue(piece)}.`);
  try {
    return decoder.decode(piece, { stream: true });
  } catch (error) {
    throw invalidInput(`import expects UTF-8 text: ${(error as Error).message}.`);
  }
}

function parseLine(lineSchema: LineSchema, raw: string, number: number): ExportLine {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (error) {
    throw invalidInput(`Line ${number} of the import is not JSON: ${(error as Error).message}.`, { line: number });
  }
  refuseOther(value, number);
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data as ExportLine;
  const [issue] = parsed.error.issues;
  throw invalidInput(
    `Line ${number} of the import is not what an export writes: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim() +
      ".",
    { line: number, issues: parsed.error.issues.slice(0, 5) },
  );
}

/** Other files and later versions are told apart before their lines are called wrong. */
function refuseOther(value: unknown, number: number): void {
  const line = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  if (number === 1 && (line["type"] !== "manifest" || line["format"] !== EXPORT_FORMAT)) {
    throw invalidInput(
      `This is not an export of Recollect: its first line does not say format "${EXPORT_FORMAT}". Other formats have importers of their own.`,
      { line: number },
    );
  }
  if (line["type"] === "manifest" && line["version"] !== EXPORT_VERSION) {
    throw invalidInput(
      `This export has version ${String(line["version"])} of the format, this program reads version ${EXPORT_VERSION}. Upgrade it, or export again with this version.`,
      { line: number },
    );
  }
}
