import type { ExtractedFact, ExtractionMessage } from "../../domain/extracted-fact.ts";
import type { ExtractionContext } from "../../ports/fact-extractor.ts";
import type { LanguageModelAnswer, LanguageModelCall } from "../../ports/language-model.ts";
import {
  EXTRACT_PROCEDURE_INSTRUCTIONS,
  PROCEDURE_REMINDER,
  PROCEDURE_SCHEMA,
  renderProcedure,
} from "../../prompts/extract-procedure.ts";
import { languageOf } from "../rules/language-of.ts";
import { askModel } from "./ask-model.ts";
import { readProcedureAnswer, type ReadProcedure } from "./read-procedure.ts";

/** One memory of how the agent did its task; none where there is no task. Rests on the whole trace. */
export async function extractProcedure(
  messages: readonly ExtractionMessage[],
  context: ExtractionContext,
  generate: (call: LanguageModelCall) => Promise<LanguageModelAnswer>,
): Promise<readonly ExtractedFact[]> {
  const [first] = messages;
  if (first === undefined) return [];
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
  const { lines, left } = supportedLines(procedure, messages);
  if (left > 0)
    context.onWarning?.(
      `${left} lines of the procedure were left out: they have numbers that the trace does not have.`,
    );
  if (lines.length === 0) return [];
  const text = lines.join("\n");
  const used = messages.filter(({ text: said }) => said !== "");
  return [
    {
      text,
      kind: "procedure",
      cue: "none",
      categories: [],
      mentions: [],
      sources: used.map(({ id, text: said }) => ({ messageId: id, spans: [{ start: 0, end: said.length }] })),
      confidence: 0.85,
      attributedTo: "assistant",
      language: languageOf(first),
    },
  ];
}

/** The procedure line by line, without those that say numbers that nobody saw. */
function supportedLines(
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
