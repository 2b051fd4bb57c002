import type { ExportedMemory } from "../../domain/export-format.ts";
import type { Row } from "../store/store.ts";

/** What a format is written from. Records come once, in the order of the store. */
export interface ExportSource {
  /** What is served: active, verified, and no turns of talks, which no other system takes. */
  readonly memories: AsyncIterable<ExportedMemory>;
  /** Relations of everything that was asked for, an object with `subject`, `predicate` and `object` each. */
  readonly relations: () => AsyncIterable<Row>;
  readonly now: number;
}

/** A format of another system that memories are written in, to go back or on. */
export interface ForeignFormat {
  /** As in `--format <name>`. */
  readonly name: string;
  readonly writes: string;
  readonly write: (source: ExportSource) => AsyncIterable<string | Uint8Array>;
}

/** A time as every one of these formats has it. */
export function isoTime(time: number): string {
  return new Date(time).toISOString();
}
