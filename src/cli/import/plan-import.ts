import { createHash } from "node:crypto";
import { EXPORT_FORMAT, EXPORT_VERSION } from "../../domain/export-format.ts";
import type { ExportedMemory } from "../../domain/export-format.ts";
import type { MemoryKind } from "../../domain/memory.ts";
import type { Scope } from "../../domain/scope.ts";
import { maskSecrets } from "../../text/mask-secrets.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import { toRecord } from "./to-record.ts";

export interface ImportOptions {
  readonly source: string;
  readonly owner: Scope;
  readonly fillsOwner: boolean;
  readonly now: number;
}

/** What was seen so far; whole when the last memory was taken. */
export interface ImportCounts {
  memories: number;
  versions: number;
  /** Secrets that were masked. */
  masked: number;
  readonly kinds: Map<MemoryKind, number>;
  readonly states: Map<string, number>;
  readonly users: Set<string>;
}

/** One reading of a source: memory by memory, so that it may be larger than what fits into memory. */
export class ImportRun {
  readonly #read: ForeignSource;
  readonly #options: ImportOptions;
  readonly #skipped: SkippedRow[] = [];
  readonly #notes = new Map<string, number>();
  readonly #stored = new Set<string>();
  readonly counts: ImportCounts = {
    memories: 0,
    versions: 0,
    masked: 0,
    kinds: new Map(),
    states: new Map(),
    users: new Set(),
  };

  constructor(read: ForeignSource, options: ImportOptions) {
    this.#read = read;
    this.#options = options;
  }

  /** Ids of what was taken, in the store's own spelling. */
  get ids(): ReadonlySet<string> {
    return this.#stored;
  }

  get skipped(): readonly SkippedRow[] {
    return [...this.#read.skipped, ...this.#skipped];
  }

  get notes(): readonly string[] {
    return [...this.#read.notes, ...Array.from(this.#notes, ([note, memories]) => `${memories} memories ${note}.`)];
  }

  /** What of the source can be stored, as it comes; a list that is there at once user by user, as it was said. */
  async *memories(): AsyncGenerator<ExportedMemory, void, undefined> {
    const { memories } = this.#read;
    const list = Array.isArray(memories) ? (memories as readonly ForeignMemory[]).toSorted(this.#compare) : memories;
    const known = new Map(Array.isArray(list) ? list.map(({ id, createdAt }) => [id, createdAt] as const) : []);
    let index = 0;
    for await (const foreign of list) {
      index += 1;
      const memory = this.#convert(foreign, index, known);
      if (memory !== null) yield memory;
    }
  }

  readonly #compare = (one: ForeignMemory, other: ForeignMemory): number => {
    const [left, right] = [one, other].map(({ userId }) => String(userId ?? this.#options.owner.userId ?? ""));
    if (left !== right) return (left as string) < (right as string) ? -1 : 1;
    return (one.createdAt ?? 0) - (other.createdAt ?? 0);
  };

  #convert(foreign: ForeignMemory, index: number, known: ReadonlyMap<string, number | null>): ExportedMemory | null {
    const result = toRecord(foreign, { ...this.#options, instance: this.#read.instance, known });
    // An id may be anything: it is printed as it would be stored.
    const row = foreign.id === "" ? `memory ${index}` : maskSecrets(foreign.id.slice(0, 100)).text;
    if ("reason" in result) {
      this.#skipped.push({ row, reason: result.reason });
      return null;
    }
    const { memory, masked, notes } = result;
    if (this.#stored.has(memory.record.id)) {
      this.#skipped.push({ row, reason: "stands in the source twice" });
      return null;
    }
    this.#stored.add(memory.record.id);
    this.counts.memories += 1;
    this.counts.versions += memory.history.length;
    this.counts.masked += masked;
    this.counts.users.add(memory.record.scope.userId ?? "");
    count(this.counts.kinds, memory.record.kind);
    count(this.counts.states, memory.record.state);
    for (const note of notes) count(this.#notes, note);
    return memory;
  }

  /** The lines of an export that holds them: what `memory.import` and the server read. */
  async *lines(): AsyncGenerator<string, void, undefined> {
    const digest = createHash("sha256");
    const write = (line: object): string => {
      const text = `${JSON.stringify(line)}\n`;
      digest.update(text);
      return text;
    };
    yield write({
      type: "manifest",
      format: EXPORT_FORMAT,
      version: EXPORT_VERSION,
      createdBy: "recollect",
      scope: { userIds: "all", filter: null, kinds: null, states: null },
    });
    for await (const memory of this.memories()) yield write({ type: "memory", ...memory });
    const { memories } = this.counts;
    yield `${JSON.stringify({ type: "end", memories, purged: 0, sha256: digest.digest("hex") })}\n`;
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
