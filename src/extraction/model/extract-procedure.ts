import type { ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { ExtractionContext } from "../../ports/fact-extractor.ts";
import type { LanguageModelAnswer, LanguageModelCall } from "../../ports/language-model.ts";
import {
  EXTRACT_PROCEDURE_INSTRUCTIONS,
  PROCEDURE_REMINDER,
  PROCEDURE_SCHEMA,
  renderProcedure,
} from "../../prompts/extract-procedure.ts";
import { analyze } from "../../text/analyze.ts";
import { languageOf } from "../rules/language-of.ts";
import { checkSupport } from "../support-check.ts";
import { askModel } from "./ask-model.ts";
import { readProcedureAnswer, type ReadProcedure } from "./read-procedure.ts";

/** One memory of how the agent did its task; none where there is no task. Rests on the whole trace. */
export async function extractProcedure(
  messages: readonly ExtractionMessage[],
  context: ExtractionContext,
  generate: (call: LanguageModelCall) => Promise<LanguageModelAnswer>,
): Promise<readonly ExtractedFact[]> {
  if (messages.length === 0) return [];
  const procedure = await askModel(
    {
      call: {
        purpose: "procedure",
        instructions: EXTRACT_PROCEDURE_INSTRUCTIONS,
        prompt: renderProcedure(messages, context),
        output: { name: "procedure", schema: PROCEDURE_SCHEMA },
      },
      reminder: PROCEDURE_REMINDER,
      read: readProcedureAnswer,
    },
    generate,
    context,
  );
  const { fact, left } = supportedProcedure(procedure, messages);
  if (left > 0)
    context.onWarning?.(
      `${left} ${left === 1 ? "line" : "lines"} of the procedure were left out: the trace does not show what they say.`,
    );
  return fact === undefined ? [] : [fact];
}

/** Share of a line's words that the trace must hold: always, and where the whole does not pass the support check. */
const LEAST_SHARE = 0.25;
const FULL_SHARE = 0.6;

/** The procedure without the lines that the trace does not show. */
function supportedProcedure(
  procedure: ReadProcedure,
  messages: readonly ExtractionMessage[],
): { readonly fact: ExtractedFact | undefined; readonly left: number } {
  const { lines, left } = linesWithTrueNumbers(procedure, messages);
  const language = languageOf(messages[0] as ExtractionMessage);
  const trace = new Set(messages.flatMap(({ text }) => analyze(text, { language })));
  const shownBy = (share: number): string[] =>
    lines.filter((line) => {
      const terms = analyze(line, { language });
      return terms.filter((term) => trace.has(term)).length >= terms.length * share;
    });
  let shown = shownBy(LEAST_SHARE);
  if (shown.length > 0 && !checkSupport(toFact(shown, messages, language), messages)) shown = shownBy(FULL_SHARE);
  return {
    fact: shown.length === 0 ? undefined : toFact(shown, messages, language),
    left: left + lines.length - shown.length,
  };
}

function toFact(lines: readonly string[], messages: readonly ExtractionMessage[], language: string): ExtractedFact {
  return {
    text: lines.join("\n"),
    kind: "procedure",
    cue: "none",
    categories: [],
    mentions: [],
    sources: messages
      .filter(({ text }) => text !== "")
      .map(({ id, text }) => ({ messageId: id, spans: [{ start: 0, end: text.length }] })),
    confidence: 0.85,
    attributedTo: "assistant",
    language,
  };
}

/** Line by line, without those that say numbers that nobody saw. */
function linesWithTrueNumbers(
  { goal, steps, state, next }: ReadProcedure,
  messages: readonly ExtractionMessage[],
): { readonly lines: readonly string[]; readonly left: number } {
  const seen = new Set(messages.flatMap(({ text }) => numbersOf(text)));
  const lines: string[] = [];
  let left = 0;
  const add = (line: string): void => {
    if (numbersOf(line).every((number) => seen.has(number))) lines.push(line);
    else left += 1;
  };
  if (goal !== undefined) add(`Goal: ${goal}`);
  for (const { did, result } of steps) add(result === undefined ? `- ${did}` : `- ${did} → ${result}`);
  if (state !== undefined) add(`State: ${state}`);
  if (next !== undefined) add(`Next: ${next}`);
  return { lines, left };
}

function numbersOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .match(/\d+/gu)
      ?.map((number) => number.replace(/^0+(?=\d)/u, "")) ?? []
  );
}
