import { describe, expect, it } from "vitest";
import { analyze } from "../text/analyze.ts";
import { indexOf, turnRow } from "../../test/support/turn-rows.ts";
import { newestSuccessor, statementsBeside } from "./find-successors.ts";
import type { RankedMemory } from "./rank.ts";
import type { TurnIndex } from "./turn-index.ts";

interface Hit {
  readonly entry: RankedMemory;
  readonly stored: { readonly record: { readonly text: string } };
}

function tell(texts: readonly string[], names: readonly (string | null)[] = []): { index: TurnIndex; hits: Hit[] } {
  const rows = texts.map((text, at) => turnRow(at + 1, text, { saidAt: at * 86_400_000, name: names[at] ?? null }));
  const index = indexOf(rows);
  const hits = rows.map((row, at) => ({
    entry: { memory: row.memory, row, lexical: 0, dense: 0, slot: 0, prior: 1, raw: 1, own: 1 },
    stored: { record: { text: texts[at] as string } },
  }));
  return { index, hits };
}

function ask(question: string, texts: readonly string[], names?: readonly (string | null)[]): string | undefined {
  const { index, hits } = tell(texts, names);
  const terms = new Set(analyze(question));
  const [first] = hits as [Hit];
  return newestSuccessor(first, hits, { text: question, terms, attributes: [], priorDocuments: 200 }, index)?.stored
    .record.text;
}

describe("newestSuccessor", () => {
  it.each([
    ["Who maintains the repo?", "The repo is maintained by Kai", "Kai handed the repo over to Lin"],
    ["Who do we deal with at Northgate?", "At Northgate we deal with Jerome", "Jerome left, our contact is Tariq now"],
    ["When is the baby due?", "The baby is due in June", "The scan says the baby is due in July"],
    ["Which teacher does Maya have?", "Maya's teacher is Mrs Calloway", "New teacher for Maya, Ms Varga"],
  ])("%s", (question, older, newer) => {
    expect(ask(question, [older, newer])).toBe(newer);
    expect(ask(question, [newer, older])).not.toBe(newer);
  });

  it("is the last of several", () => {
    const told = ["Maya's teacher is Mrs Calloway", "Maya's teacher is Ms Varga now", "Maya's got Mr Hoskins now"];
    expect(ask("Which teacher does Maya have?", told)).toBe("Maya's got Mr Hoskins now");
  });

  it.each([
    ["no kind of answer", "Who maintains the repo?", "The repo is maintained by Kai", "The repo is green now"],
    ["nothing in common", "Who maintains the repo?", "The repo is maintained by Kai", "We moved the desk to Lyon"],
    ["no change and made otherwise", "Where do I swim?", "I swim at Kings Hall", "Everybody can swim in the sea here"],
  ])("none: %s", (_why, question, older, newer) => {
    expect(ask(question, [older, newer])).toBeUndefined();
  });

  it("is never somebody else's", () => {
    const told = ["My car is a Skoda", "My car is a Volvo now"];
    expect(ask("What car does Nora have?", told, ["Nora", "Nora"])).toBe("My car is a Volvo now");
    expect(ask("What car does Nora have?", told, ["Nora", "Tom"])).toBeUndefined();
  });
});

describe("statementsBeside", () => {
  it("finds newer ones with a rare word of the first, newest first, that may be served", () => {
    const { index, hits } = tell(["I host it with Hetzner", "Hetzner is slow", "Left Hetzner for Render", "It rains"]);
    const row = (hits[0] as Hit).entry.row;
    expect(statementsBeside(row, index, () => true).map(({ memory }) => memory)).toEqual([3, 2]);
    expect(statementsBeside(row, index, (memory) => memory !== 3).map(({ memory }) => memory)).toEqual([2]);
  });
});
