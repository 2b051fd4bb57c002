import { monthNames } from "../corpora/corpus.ts";
import type { Corpus, CorpusConversation, CorpusTurn } from "../corpora/corpus.ts";
import { PlainBm25 } from "../plain-bm25.ts";
import type { RecallSystem } from "../recall-system.ts";

/** What a reader is given to answer from. */
export interface ContextSource {
  readonly name: string;
  context(conversation: CorpusConversation, question: string): Promise<string>;
  close(): Promise<void>;
}

export const SOURCE_NAMES = ["recollect", "bm25", "full"] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

/** Recollect and plain BM25 within the token budget; the whole conversation without one. */
export async function openSource(name: SourceName, corpus: Corpus, tokenBudget: number): Promise<ContextSource> {
  if (name === "full")
    return {
      name: "full context",
      context: async (conversation) => wholeOf(conversation),
      close: async () => undefined,
    };
  const system = await openSystem(name);
  for (const conversation of corpus.conversations) await system.add(conversation, () => undefined);
  return {
    name: `${system.name} at ${tokenBudget}`,
    context: (conversation, question) => system.context(conversation, question, tokenBudget),
    close: () => system.close(),
  };
}

async function openSystem(name: "recollect" | "bm25"): Promise<RecallSystem> {
  if (name === "bm25") return new PlainBm25({ k1: 0.9, b: 0.4, packing: "skip", topK: 50 });
  const { RecollectSystem } = await import("../recollect-system.ts");
  return RecollectSystem.create();
}

function wholeOf({ turns }: CorpusConversation): string {
  let session = "";
  const lines: string[] = [];
  for (const turn of turns) {
    if (turn.session !== session) lines.push(`## ${dayOf(turn)}`);
    session = turn.session;
    lines.push(`${turn.name ?? turn.role}: ${turn.text}`);
  }
  return lines.join("\n");
}

function dayOf({ timestamp }: CorpusTurn): string {
  const date = new Date(timestamp * 1000);
  return `${date.getUTCDate()} ${monthNames[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
