/** A long message of which only the first index units are written. Payload: `{ memoryId, userId }`. */
export const INDEX_MESSAGE = "index-message";

/** Passages that wait for vectors of one space: only a process that has its embedder can make them. */
export function embeddingJobType(spaceKey: string): string {
  return `embed-passages ${spaceKey}`;
}

/** Patterns of everybody are to be made; one such job waits at most. Payload: `{}`. */
export const DREAM = "dream";

/** Facts of a file from before relations were kept. Payload: `{}`. */
export const RELATE_FACTS = "relate-facts";

/** Messages that wait for a language model: only a process that has one can extract from them. Payload: `{ batch, userId }`. */
export const EXTRACT_FACTS = "extract-facts";
