import type { MemoryState } from "../domain/memory.ts";
import type { MemoryReference } from "../ports/memory-store.ts";
import type { RankedMemory } from "./rank.ts";
import type { Recipe } from "./recipes.ts";
import type { TurnIndex } from "./turn-index.ts";

export interface CollapseInput {
  readonly ranked: readonly RankedMemory[];
  readonly index: TurnIndex;
  readonly inactive: ReadonlyMap<MemoryReference, MemoryState | "unverified">;
  readonly recipe: Recipe;
  /** True when superseded values are what is asked for: they are not damped then. */
  readonly isHistorical: boolean;
  /** Which memories may be returned at all; the rest neither shows nor stands. */
  readonly isAllowed: (memory: MemoryReference, kind: string) => boolean;
}

/** A fact with less than this share of its best sibling's own evidence says something else: it is no hit of its own. */
const SIBLING_SHARE = 0.6;
/** A message is shown instead of its facts when they hold less than this share of the words that matched. */
const FACT_COVERAGE = 0.35;

/**
 * A message and the facts drawn from it are one finding: never both are returned. The group takes the evidence of
 * its best member; the fact that matches best stands for the message, unless what matched lies outside all facts.
 * Facts of the same message that match on their own follow with their own evidence.
 */
export function collapse({ ranked, index, inactive, recipe, isHistorical, isAllowed }: CollapseInput): RankedMemory[] {
  const byMemory = new Map(ranked.map((entry) => [entry.memory, entry]));
  const results = new Map<MemoryReference, RankedMemory>();
  const put = (entry: RankedMemory): void => {
    const known = results.get(entry.memory);
    if (known === undefined || known.raw < entry.raw) results.set(entry.memory, entry);
  };
  const damp = (memory: MemoryReference): number =>
    !isHistorical && inactive.get(memory) === "superseded" ? recipe.supersededDamping : 1;

  const rowAt = (place: number): RankedMemory["row"] => index.documents[place] as RankedMemory["row"];
  const isReplaced = (place: number): boolean => inactive.get(rowAt(place).memory) === "superseded";
  const isServedAndReplaced = (place: number): boolean =>
    isReplaced(place) && isAllowed(rowAt(place).memory, rowAt(place).kind);
  /** How much of the words that matched in a message a replaced fact of it holds. */
  const replacedShare = (entry: RankedMemory, derived: readonly number[]): number => {
    const held = derived.filter(isReplaced).map((place) => byMemory.get(rowAt(place).memory)?.own ?? 0);
    return entry.own === 0 ? 0 : Math.max(0, ...held) / entry.own;
  };

  for (const entry of ranked) {
    if (!entry.row.isTurn) {
      // A fact whose messages carry no evidence of their own still counts for itself.
      if (isAllowed(entry.memory, entry.row.kind))
        put({ ...entry, raw: entry.raw * recipe.factWeight * damp(entry.memory) });
      continue;
    }
    const derived = index.derived.get(entry.memory);
    if (derived === undefined) {
      if (isAllowed(entry.memory, entry.row.kind)) put({ ...entry, raw: entry.raw * damp(entry.memory) });
      continue;
    }
    const facts = derived
      .map((place) => rowAt(place))
      .filter((row) => isAllowed(row.memory, row.kind))
      .map((row) => ({ row, own: byMemory.get(row.memory) }))
      .toSorted((left, right) => (right.own?.raw ?? 0) - (left.own?.raw ?? 0));
    const [best] = facts;
    const covers =
      best !== undefined && ((best.own?.own ?? 0) >= FACT_COVERAGE * entry.own || fillsAskedSlot(best.own, inactive));
    if (best !== undefined && (covers || !isAllowed(entry.memory, "message"))) {
      const own = best.own;
      put({
        ...entry,
        memory: best.row.memory,
        row: best.row,
        raw: Math.max(entry.raw, (own?.raw ?? 0) * recipe.factWeight) * damp(best.row.memory),
      });
      continue;
    }
    if (best === undefined) {
      // Facts in any state stand for their message: a deleted one must not come back through it.
      const isStoodFor = derived.some((place) => isStanding(inactive.get(rowAt(place).memory)));
      if (!isStoodFor && isAllowed(entry.memory, "message")) put(entry);
      continue;
    }
    const replaced = isHistorical ? 0 : replacedShare(entry, derived);
    // What matched is what a replaced fact said: its successor speaks for it, not the old words.
    if (replaced >= FACT_COVERAGE && !derived.some((place) => isServedAndReplaced(place))) continue;
    for (const fact of facts) results.delete(fact.row.memory);
    put({ ...entry, raw: entry.raw * (replaced > 0 ? recipe.supersededDamping : 1) });
  }
  dropWeakSiblings(results, index);
  return [...results.values()].toSorted((left, right) => right.raw - left.raw || left.memory - right.memory);
}

/** What is asked for is what a replaced fact said, in whatever words. */
function fillsAskedSlot(fact: RankedMemory | undefined, inactive: CollapseInput["inactive"]): boolean {
  return fact?.slot === 1 && inactive.get(fact.memory) === "superseded";
}

function isStanding(state: MemoryState | "unverified" | undefined): boolean {
  return state !== "unverified" && state !== "merged";
}

function dropWeakSiblings(results: Map<MemoryReference, RankedMemory>, index: TurnIndex): void {
  const best = new Map<MemoryReference, number>();
  for (const entry of results.values()) {
    for (const message of entry.row.messages) best.set(message, Math.max(best.get(message) ?? 0, entry.raw));
  }
  for (const entry of results.values()) {
    if (entry.row.isTurn || entry.row.messages.length === 0) continue;
    const isWeak = entry.row.messages.every(
      (message) =>
        entry.raw < SIBLING_SHARE * (best.get(message) ?? 0) && (index.derived.get(message)?.length ?? 0) > 1,
    );
    if (isWeak) results.delete(entry.memory);
  }
}
