import type { ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { ExtractionContext, FactExtractor } from "../../ports/fact-extractor.ts";
import type { LanguageModelAnswer, LanguageModelCall } from "../../ports/language-model.ts";
import {
  EXTRACT_FACTS_INSTRUCTIONS,
  FACTS_REMINDER,
  FACTS_SCHEMA,
  isAgentScope,
  renderFacts,
} from "../../prompts/extract-facts.ts";
import { limitsOf } from "../../prompts/quote-message.ts";
import { isBoilerplate } from "../../text/boilerplate.ts";
import { askModel } from "./ask-model.ts";
import { checkFacts } from "./check-facts.ts";
import { combineFacts } from "./combine-facts.ts";
import { extractProcedure } from "./extract-procedure.ts";
import { readFactsAnswer } from "./read-answer.ts";
import { Turn } from "./turn.ts";
import { readSpeech, type Speech } from "./read-speech.ts";

export interface ModelExtractorOptions {
  /** Id of the model, for history rows. */
  readonly name: string;
  /** One request: retries, time limits, budget and ledger are behind it, and it tells of its usage itself. */
  readonly generate: (call: LanguageModelCall) => Promise<LanguageModelAnswer>;
  /** Decides what the model may only propose. */
  readonly rules: FactExtractor;
}

/**
 * Facts by a language model: it proposes, rules decide. One request for all messages; where nobody says anything, none.
 * @throws MemoryError `provider_invalid_output` when two answers cannot be read, and whatever `generate` throws.
 */
export function createModelExtractor({ name, generate, rules }: ModelExtractorOptions): FactExtractor {
  return {
    name,
    async extract(messages, context) {
      if (context.mode === "procedure") return extractProcedure(messages, context, generate);
      return extractFacts(messages, context, generate, rules);
    },
  };
}

async function extractFacts(
  messages: readonly ExtractionMessage[],
  context: ExtractionContext,
  generate: ModelExtractorOptions["generate"],
  rules: FactExtractor,
): Promise<readonly ExtractedFact[]> {
  // Greetings and what programs write give no facts: nothing to pay for.
  if (messages.every(({ text, role }) => isBoilerplate(text, role))) return [];
  const answer = await askModel(
    {
      call: {
        purpose: "extraction",
        instructions: EXTRACT_FACTS_INSTRUCTIONS,
        prompt: renderFacts(messages, context),
        output: { name: "facts", schema: FACTS_SCHEMA },
      },
      reminder: FACTS_REMINDER,
      read: readFactsAnswer,
    },
    generate,
    context,
  );
  const turn = new Turn(context.signal);
  const limits = limitsOf(messages, false);
  const speeches: Speech[] = [];
  for (const [index, message] of messages.entries()) {
    speeches.push(readSpeech(message, limits[index] ?? 0));
    await turn.rest();
  }
  const { facts, left } = await checkFacts(answer.facts, speeches, { isAgents: isAgentScope(context.scope), turn });
  const dropped = answer.dropped + left;
  if (dropped > 0)
    context.onWarning?.(
      `${dropped} of the facts that the language model proposed ${dropped === 1 ? "was" : "were"} left out: incomplete, or nobody says so.`,
    );
  const byRules = (await rules.extract(messages, context)).filter((fact) => !isForgedFact(fact, speeches));
  return combineFacts({ proposed: facts, byRules, messages, context, rules, turn });
}

function isForgedFact({ sources: [first] }: ExtractedFact, speeches: readonly Speech[]): boolean {
  const forged = speeches.find(({ message }) => message.id === first?.messageId)?.forged ?? [];
  return forged.some((part) => first?.spans.some(({ start, end }) => start < part.end && end > part.start) === true);
}
