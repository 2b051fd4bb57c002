import type { MessageInput } from "../../index.ts";
import { MemoryError } from "../../errors.ts";
import { filterOf } from "../agents/project-scope.ts";
import { filtersFor } from "../store/filters-for.ts";
import type { OwnerIds, Row, Store } from "../store/store.ts";
import { findSection, putSection } from "../wiring/marked-section.ts";
import { readText, writeText } from "../wiring/write-file.ts";
import type { KnownBlock } from "./block-state.ts";
import { readEdits } from "./read-block.ts";
import type { BlockEdit, ReadEdits } from "./read-block.ts";
import { BLOCK_MARKERS, blockMemory, fingerprintOf, hashOf, noteOf, renderBlock } from "./render-block.ts";
import type { BlockMemory } from "./render-block.ts";

export interface BlockSource {
  readonly store: Store;
  readonly mostLines: number;
}

export interface Refreshed {
  /** Null: the block was taken out by hand, and is off. */
  readonly block: KnownBlock | null;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly BlockEdit[];
  readonly kept: readonly string[];
  readonly left: number;
  readonly warnings: readonly string[];
}

/** Reads back what was edited in a block, and writes it anew from the store. With `isDryRun` neither happens. */
export async function refreshBlock(block: KnownBlock, source: BlockSource, isDryRun: boolean): Promise<Refreshed> {
  const file = readText(block.path);
  const before = file ?? "";
  const isFirst = block.fingerprint === "";
  const section = findSection(before, BLOCK_MARKERS);
  const nothing = { edits: [], kept: [], left: 0, before, after: before };
  if (section === undefined && !isFirst)
    return {
      ...nothing,
      block: null,
      warnings: [`The block in ${block.path} was taken out by hand: it is off. Memories stay.`],
    };
  let memories = await listMemories(block, source.store);
  const read: ReadEdits =
    section === undefined
      ? { edits: [], kept: [] }
      : readEdits(section.lines, fingerprintIn(before.slice(section.from)), {
          written: block,
          memories: new Map(memories.map((memory) => [memory.id, memory])),
        });
  const warnings = isDryRun ? [] : await applyEdits(read.edits, source.store, block.owner);
  if (!isDryRun && read.edits.length > 0) memories = await listMemories(block, source.store);
  const { lines, items, left } = renderBlock(isDryRun ? preview(memories, read.edits) : memories, source.mostLines);
  const put = putSection(before, { ...BLOCK_MARKERS, note: noteOf(lines), lines });
  const gap = put.inserted === null ? block.gap : put.inserted.slice(0, put.inserted.indexOf(BLOCK_MARKERS.start));
  const next = {
    ...block,
    gap,
    end: put.inserted === null ? block.end : (/\r?\n$/u.exec(put.inserted)?.[0] ?? ""),
    fingerprint: fingerprintOf(lines),
    lines: items.map(({ id, line }) => ({ id, hash: hashOf(line) })),
  };
  const folders = isDryRun || put.text === before ? [] : writeText(block.path, put.text, file);
  return {
    block: { ...next, folders: [...block.folders, ...folders] },
    before,
    after: put.text,
    ...read,
    left,
    warnings,
  };
}

function fingerprintIn(text: string): string {
  return /^<!-- RECOLLECT:START ([0-9a-f]{16})/u.exec(text)?.[1] ?? "";
}

const PAGE = 500;
const MOST_READ = 5_000;

async function listMemories({ owner, isProject }: KnownBlock, store: Store): Promise<BlockMemory[]> {
  const { userId, appId } = owner;
  const filters =
    isProject && userId !== undefined && appId !== undefined ? filterOf({ userId, appId }) : filtersFor(owner, []);
  const rows: Row[] = [];
  const options = { filters, kinds: ["instruction", "fact", "pattern", "procedure"], latestOnly: true, pageSize: PAGE };
  for (let page = 1; rows.length < MOST_READ; page += 1) {
    const { results } = await store.list({ ...options, page });
    rows.push(...results);
    if (results.length < PAGE) break;
  }
  return rows.map(blockMemory);
}

/** How the memories would be, for a dry run. */
function preview(memories: readonly BlockMemory[], edits: readonly BlockEdit[]): readonly BlockMemory[] {
  const deleted = new Set(edits.flatMap((edit) => (edit.what === "delete" ? [edit.id] : [])));
  const changed = new Map(edits.flatMap((edit) => (edit.what === "update" ? [[edit.id, edit.text] as const] : [])));
  const added = edits.flatMap((edit, index) => (edit.what === "add" ? [previewOf(edit, index)] : []));
  return [
    ...memories
      .filter(({ id }) => !deleted.has(id))
      .map((memory) => ({ ...memory, text: changed.get(memory.id) ?? memory.text })),
    ...added,
  ];
}

function previewOf({ section, text }: Extract<BlockEdit, { what: "add" }>, index: number): BlockMemory {
  const appId = section === "user" ? null : "project";
  return { id: `new ${index}`, text, kind: "fact", appId, words: [section], saidAt: new Date().toISOString() };
}

async function applyEdits(edits: readonly BlockEdit[], store: Store, owner: OwnerIds): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const edit of edits) {
    try {
      if (edit.what === "update") await store.update(edit.id, { text: edit.text });
      else if (edit.what === "delete") await store.delete(edit.id);
      else await addLine(edit, store, owner);
    } catch (error) {
      if (!MemoryError.isInstance(error) || error.retryable) throw error;
      refused.push(`"${edit.text}": ${error.message}`);
    }
  }
  return refused;
}

/** A new line is a statement of the user's, kept word for word and filed under its heading. */
async function addLine(
  { section, text }: Extract<BlockEdit, { what: "add" }>,
  store: Store,
  owner: OwnerIds,
): Promise<void> {
  const person = Object.fromEntries(Object.entries(owner).filter(([key]) => key !== "appId")) as OwnerIds;
  const whose = section === "user" && Object.keys(person).length > 0 ? person : owner;
  const type = section === "fact" || section === "user" ? {} : { type: section };
  const messages: readonly MessageInput[] = [{ role: "user", content: text }];
  await store.add(messages, { owner: whose, options: { infer: false, metadata: { ...type, source: "block" } } });
}
