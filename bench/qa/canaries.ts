import type { LanguageModel } from "../../src/ports/language-model.ts";
import type { CorpusQuestion } from "../corpora/corpus.ts";
import { askModel } from "./ask-model.ts";
import { readVerdict, renderJudge, STRICT_JUDGE } from "./prompts.ts";

/** Answers that say nothing, and are wrong whatever was asked: a judge that takes them is no judge. */
const VAGUE = [
  "It was discussed at some point in the conversations.",
  "Several things were mentioned in connection with that.",
  "They talked about it more than once, and it seemed important to them.",
  "It happened around that time, probably a little earlier or later.",
  "There were different reasons, both personal and practical.",
];

/** Share of vague answers that the strict judge rejects; at least 90 % must be, else its figures mean little. */
export async function rejectVague(
  judge: LanguageModel,
  questions: readonly CorpusQuestion[],
): Promise<{ rejected: number; asked: number }> {
  const known = questions.filter(({ answer, isHeadline }) => isHeadline && answer !== null);
  // Spread over the corpus, the same ones in every run.
  const step = Math.max(1, Math.floor(known.length / 20));
  const chosen = known.filter((_, index) => index % step === 0).slice(0, 20);
  let rejected = 0;
  for (const [index, question] of chosen.entries()) {
    const { text } = await askModel(
      judge,
      "judgement",
      STRICT_JUDGE,
      renderJudge(question, VAGUE[index % VAGUE.length] as string),
    );
    if (readVerdict(text) === false) rejected += 1;
  }
  return { rejected, asked: chosen.length };
}
