import type { ExportLine, ExportedMemory } from "../../domain/export-format.ts";
import { invalidInput } from "../../errors.ts";
import type { ForeignFormat } from "./foreign-format.ts";
import { markdownFormat } from "./write-markdown.ts";
import { mem0Format } from "./write-mem0.ts";
import { memoryMcpFormat } from "./write-memory-mcp.ts";
import { memoryServerFormat } from "./write-memory-server.ts";
import { openMemoryFormat } from "./write-openmemory.ts";

const FORMATS: readonly ForeignFormat[] = [
  mem0Format,
  memoryServerFormat,
  openMemoryFormat,
  memoryMcpFormat,
  markdownFormat,
];

export const FORMAT_NAMES: string = FORMATS.map(({ name }) => name).join(", ");

/** @throws MemoryError `invalid_input` that lists the names. */
export function formatNamed(name: string): ForeignFormat {
  const found = FORMATS.find((format) => format.name === name);
  if (found === undefined) throw invalidInput(`--format expects recollect, ${FORMAT_NAMES}, got "${name}".`);
  return found;
}

export interface LeftOut {
  messages: number;
  inactive: number;
}

/** What other systems take of an export: memories that are served, without the turns of talks. */
export async function* servedOf(
  lines: AsyncIterable<string>,
  left: LeftOut,
): AsyncGenerator<ExportedMemory, void, undefined> {
  for await (const text of lines) {
    const line = JSON.parse(text) as ExportLine;
    if (line.type !== "memory") continue;
    const { kind, state, isVerified } = line.record;
    if (kind === "message") left.messages += 1;
    else if (state !== "active" || !isVerified) left.inactive += 1;
    else yield line;
  }
}
