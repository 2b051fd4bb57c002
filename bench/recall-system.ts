import type { CorpusConversation } from "./corpora/corpus.ts";

/** What the recall bench measures: something that is given conversations and ranks their turns. */
export interface RecallSystem {
  readonly name: string;
  add(conversation: CorpusConversation, onTurn: () => void): Promise<void>;
  /** Ids of turns, best first, without repeats. */
  rank(conversation: CorpusConversation, question: string): Promise<RankedTurns>;
  context(conversation: CorpusConversation, question: string, tokenBudget: number): Promise<string>;
  close(): Promise<void>;
}

export interface RankedTurns {
  readonly turnIds: readonly string[];
  /** Hits that were returned; one hit may rest on several turns. */
  readonly hits: number;
}
