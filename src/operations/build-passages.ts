import { MemoryError } from "../errors.ts";
import type { Embedder } from "../ports/embedder.ts";
import type { NewPassage } from "../ports/memory-store.ts";
import { analyze } from "../text/analyze.ts";
import { dateTerms, endsWithQuestion, hasTimeExpression } from "../text/date-terms.ts";
import { splitPassages } from "../text/passages.ts";
import { embedSafely } from "./embed-documents.ts";

/** What is about to be indexed. */
export interface PassageInput {
  readonly text: string;
  /** Whose date words the passage also answers to. */
  readonly date: number;
  readonly language?: string | undefined;
}

/** A synchronous step takes at most about this long before the event loop gets its turn. */
const SLICE_MS = 10;

export interface BuildOptions {
  /**
   * Why the embedder failed, if it did: appended to. Passages without a vector are stored all the same, and the
   * store notes that they wait for one. While it holds something the embedder is not asked again.
   */
  readonly failures?: string[];
  /** Ends waiting for the embedder. */
  readonly signal?: AbortSignal;
}

/** Index units of many texts, embedded in batches; yields to the event loop while it works on long ones. */
export async function buildPassages(
  inputs: readonly PassageInput[],
  embedder: Embedder | undefined,
  options: BuildOptions = {},
): Promise<NewPassage[][]> {
  const drafts: Omit<NewPassage, "vectors">[][] = [];
  const texts: string[] = [];
  let sliceEnd = performance.now() + SLICE_MS;
  const yieldWhenDue = async (): Promise<void> => {
    if (performance.now() < sliceEnd) return;
    await pause();
    sliceEnd = performance.now() + SLICE_MS;
  };
  for (const { text, date, language } of inputs) {
    const list: Omit<NewPassage, "vectors">[] = [];
    const dates = dateTerms(date).join(" ");
    const spans = splitPassages(text);
    const last = spans.length - 1;
    if (spans.length > 1) await yieldWhenDue();
    for (const [place, { start, end }] of spans.entries()) {
      const part = spans.length === 1 ? text : text.slice(start, end);
      const terms = analyze(part, language === undefined ? {} : { language });
      list.push({
        start,
        end,
        terms: terms.join(" "),
        termCount: terms.length,
        dateTerms: dates,
        isQuestion: place === last && endsWithQuestion(part),
        hasTimeExpression: hasTimeExpression(part),
      });
      texts.push(part);
      if (performance.now() > sliceEnd) await yieldWhenDue();
    }
    drafts.push(list);
  }
  const vectors = embedder === undefined ? [] : await embedAll(embedder, texts, options);
  let next = 0;
  return drafts.map((list) =>
    list.map((draft) => {
      const vector = vectors[next];
      next += 1;
      return {
        ...draft,
        vectors: embedder === undefined || vector === undefined ? NO_VECTORS : new Map([[embedder.space.key, vector]]),
      };
    }),
  );
}

const NO_VECTORS: ReadonlyMap<string, Float32Array | null> = new Map();

/** Vectors in the order of the texts. A failing embedder gives none: the passages are caught up later. */
async function embedAll(
  embedder: Embedder,
  texts: readonly string[],
  { failures = [], signal }: BuildOptions,
): Promise<(Float32Array | null | undefined)[]> {
  const vectors: (Float32Array | null | undefined)[] = [];
  let end = 0;
  for (let start = 0; start < texts.length && failures.length === 0; start = end) {
    end = sliceEndOf(texts, start, embedder.maxBatchSize);
    try {
      vectors.push(...(await embedSafely(embedder, texts.slice(start, end), { purpose: "document", signal })));
    } catch (error) {
      if (!MemoryError.isInstance(error)) throw error;
      failures.push(`${error.message} The words are found at once; what they mean follows by itself.`);
    }
    if (end < texts.length) await pause();
  }
  return vectors;
}

/** Texts and characters per call, so that even an embedder that computes in this thread leaves the event loop free. */
const EMBED_SLICE = 256;
const EMBED_CHARACTERS = 100_000;

function sliceEndOf(texts: readonly string[], start: number, maxBatchSize: number): number {
  const most = Math.min(texts.length, start + Math.min(maxBatchSize, EMBED_SLICE));
  let end = start;
  for (let characters = 0; end < most && (end === start || characters < EMBED_CHARACTERS); end += 1)
    characters += texts[end]?.length ?? 0;
  return end;
}

/** Gives the event loop its turn. */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
