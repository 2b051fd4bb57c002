import { readFileSync } from "node:fs";
import { MemoryError } from "../../errors.ts";
import type { Embedder, EmbeddingSpace } from "../../ports/embedder.ts";
import { baseForms } from "./word-forms.ts";
import { parseWordTable, type WordTable } from "./word-table.ts";

/**
 * Background: cosines of unrelated sentences, measured by scripts/measure-background.ts. Weight: fitted on two
 * corpora of dialogues; above it a weak encoder begins to pull good lexical answers down (ADR 0004).
 */
export const STATIC_EMBEDDING_SPACE: EmbeddingSpace = {
  key: "builtin/glove-20k/96",
  provider: "builtin",
  model: "glove-20k",
  dimensions: 96,
  background: { mean: 0.08, deviation: 0.13 },
  weight: 0.3,
};

const TABLE_FILE = new URL("./word-vectors.bin", import.meta.url);
/** A text of which less is known is in another language; what little is known are chance hits ("war", "die"). */
const LEAST_KNOWN_SHARE = 0.4;
const APOSTROPHE = 39;
const HAS_OTHER_THAN_ASCII = /[\u0080-\uffff]/u;

let sharedTable: WordTable | undefined;

/**
 * The embedder that is always there: the weighted mean of English word vectors, no model and no network, a few
 * microseconds for a sentence. The table is read at the first call and shared by all embedders of the process.
 */
export function createStaticEmbedder(): Embedder {
  return {
    space: STATIC_EMBEDDING_SPACE,
    maxBatchSize: 512,
    async embed(texts, { signal }) {
      if (signal?.aborted === true) {
        throw new MemoryError("aborted", "Embedding was aborted by the caller's signal.", { cause: signal.reason });
      }
      sharedTable ??= loadTable();
      const table = sharedTable;
      return texts.map((text) => embedText(table, text));
    },
  };
}

function loadTable(): WordTable {
  try {
    return parseWordTable(readFileSync(TABLE_FILE));
  } catch (cause) {
    const message = `The built-in word table ${TABLE_FILE.pathname} cannot be read. Install the package again.`;
    throw new MemoryError("provider_failed", message, { cause });
  }
}

function embedText(table: WordTable, text: string): Float32Array | null {
  const folded = fold(text);
  // Double precision: single would drift over the words of a long text.
  const sums = new Float64Array(table.dimensions);
  let words = 0;
  let known = 0;
  for (let start = 0; start < folded.length;) {
    const kind = kindOf(folded.charCodeAt(start));
    let end = start + 1;
    if (kind === "other") {
      start = end;
      continue;
    }
    let isPlainWord = kind === "letter";
    for (; end < folded.length; end += 1) {
      const next = kindOf(folded.charCodeAt(end));
      if (next === "other") break;
      if (next !== "letter") isPlainWord = false;
    }
    if (kind === "foreign") words += 1;
    // Single letters and runs with digits (dates, ids, versions) have no meaning that the table could hold.
    if (isPlainWord && end - start > 1) {
      words += 1;
      const index = findWord(table, folded, start, end);
      if (index >= 0) {
        known += 1;
        addWord(sums, table, index);
      }
    }
    start = skipContraction(folded, end);
  }
  return known < LEAST_KNOWN_SHARE * words ? null : toUnitLength(sums);
}

function fold(text: string): string {
  const lower = text.toLowerCase();
  if (!HAS_OTHER_THAN_ASCII.test(lower)) return lower;
  return lower
    .replaceAll(/[’‘ʼ]/gu, "'")
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "");
}

type CharacterKind = "letter" | "digit" | "foreign" | "other";

function kindOf(code: number): CharacterKind {
  if (code >= 97 && code <= 122) return "letter";
  if (code < 128) return code >= 48 && code <= 57 ? "digit" : "other";
  // Latin supplement up to Hangul, without general punctuation, symbols, CJK punctuation and surrogates (emoji).
  const isLetter = (code >= 0xc0 && code < 0x2000) || (code >= 0x3040 && code < 0xd800);
  return isLetter ? "foreign" : "other";
}

/** Steps over "'s", "'ll" and the like, whose word has been read already. */
function skipContraction(text: string, end: number): number {
  if (text.charCodeAt(end) !== APOSTROPHE) return end;
  let after = end + 1;
  while (after < text.length && kindOf(text.charCodeAt(after)) === "letter") after += 1;
  return after - end <= 3 ? after : end;
}

function findWord(table: WordTable, text: string, start: number, end: number): number {
  const index = table.find(text, start, end);
  if (index >= 0) return index;
  for (const form of baseForms(text.slice(start, end))) {
    const base = table.find(form, 0, form.length);
    if (base >= 0) return base;
  }
  return -1;
}

function addWord(sums: Float64Array, table: WordTable, index: number): void {
  const factor = table.factorOf(index);
  if (factor === 0) return;
  const { rows, dimensions } = table;
  for (let dimension = 0, at = index * dimensions; dimension < dimensions; dimension += 1, at += 1) {
    sums[dimension] = (sums[dimension] ?? 0) + factor * (rows[at] ?? 0);
  }
}

/** Null when nothing was added, or when what was added cancels out. */
function toUnitLength(sums: Float64Array): Float32Array | null {
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  if (squares < 1e-12) return null;
  const length = Math.sqrt(squares);
  const unit = new Float32Array(sums.length);
  for (let dimension = 0; dimension < sums.length; dimension += 1) unit[dimension] = (sums[dimension] ?? 0) / length;
  return unit;
}
