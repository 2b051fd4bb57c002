export interface CorpusTurn {
  /** Unique within its conversation. */
  readonly id: string;
  readonly session: string;
  readonly role: "user" | "assistant";
  readonly name?: string;
  readonly text: string;
  /** Unix seconds, UTC; strictly rising within a session so that order survives. */
  readonly timestamp: number;
}

export interface CorpusQuestion {
  /** Unique within the corpus. */
  readonly id: string;
  readonly category: string;
  readonly question: string;
  /** Ids of turns; empty where the right behaviour is to abstain. */
  readonly evidence: readonly string[];
  /** The answer key's answer; null where the right behaviour is to say that it is not known. */
  readonly answer: string | null;
  /** What an answer must contain, one statement each, where the corpus says so. */
  readonly rubric: readonly string[];
  /** False for questions that are reported apart from the overall figures. */
  readonly isHeadline: boolean;
}

export interface CorpusConversation {
  readonly id: string;
  readonly turns: readonly CorpusTurn[];
  readonly questions: readonly CorpusQuestion[];
}

export interface Corpus {
  readonly format: "locomo" | "beam";
  readonly conversations: readonly CorpusConversation[];
  /** What was read and what was repaired, with counts: a different count means a different file. */
  readonly notes: readonly string[];
}

export const monthNames: readonly string[] = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** Number of the month, 0 to 11. */
export function monthIndex(name: string): number {
  const index = monthNames.indexOf(name.toLowerCase());
  if (index === -1) throw new Error(`Expected an English month name, got "${name}".`);
  return index;
}
