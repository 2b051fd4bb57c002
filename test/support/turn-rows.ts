import type { TurnRow } from "../../src/ports/memory-store.ts";
import { TurnIndex } from "../../src/retrieval/turn-index.ts";
import { analyze } from "../../src/text/analyze.ts";
import { endsWithQuestion, hasTimeExpression } from "../../src/text/date-terms.ts";

/** A ranking row of a text; passage and memory have the same number. */
export function turnRow(number: number, text: string, over: Partial<TurnRow> = {}): TurnRow {
  const terms = analyze(text);
  return {
    passage: number,
    memory: number,
    session: "1/-/-",
    saidAt: number * 1000,
    isTurn: true,
    kind: "message",
    role: "user",
    name: null,
    terms: terms.join(" "),
    dateTerms: "",
    termCount: terms.length,
    isQuestion: endsWithQuestion(text),
    hasTimeExpression: hasTimeExpression(text),
    attribute: null,
    characters: text.length,
    messages: [],
    ...over,
  };
}

/** A ranking row of a fact that was drawn from messages. */
export function factRow(
  number: number,
  text: string,
  messages: readonly number[],
  over: Partial<TurnRow> = {},
): TurnRow {
  return turnRow(number, text, { isTurn: false, kind: "fact", messages, ...over });
}

export function indexOf(rows: readonly TurnRow[]): TurnIndex {
  const index = new TurnIndex();
  index.append(rows);
  return index;
}
