import type { ChainMember, MemoryReference } from "../ports/memory-store.ts";
import { lastWordAt } from "./as-of.ts";
import type { RankedMemory } from "./rank.ts";
import type { TurnIndex } from "./turn-index.ts";

/** For each member of a chain the one that speaks for it: the current value, or the one that held at a moment. */
export type Speakers = ReadonlyMap<MemoryReference, MemoryReference>;

/** Who speaks for each chain, now or at `moment`, as was known at `knownAt`; a chain that holds nothing then has nobody. */
export function speakersOfChains(
  chains: Iterable<readonly ChainMember[]>,
  { moment, knownAt }: { readonly moment?: number | undefined; readonly knownAt?: number | undefined },
  isServed: (memory: MemoryReference, kind: string) => boolean,
): Speakers {
  const speakers = new Map<MemoryReference, MemoryReference>();
  for (const chain of chains) {
    const standing = knownThen(
      chain.filter(({ isVerified, state }) => isVerified && (state === "active" || state === "superseded")),
      knownAt,
    );
    const speaker =
      moment === undefined ? standing.findLast(({ state }) => state === "active") : lastWordAt(standing, moment)[0];
    if (speaker === undefined || !isServed(speaker.reference, speaker.kind)) continue;
    for (const { reference } of standing) speakers.set(reference, speaker.reference);
  }
  return speakers;
}

/** Without what was learnt later: the last value that was known then had no end yet. */
function knownThen(chain: readonly ChainMember[], knownAt: number | undefined): readonly ChainMember[] {
  if (knownAt === undefined) return chain;
  const known = chain.filter(({ createdAt }) => createdAt <= knownAt);
  const last = known.at(-1);
  if (last === undefined || known.length === chain.length) return known;
  const { validTo: _validTo, ...open } = last;
  return [...known.slice(0, -1), { ...open, state: "active" }];
}

/** Just above, so that results stay ordered by score. */
export const A_HAIR: number = 1 + 1e-9;

/**
 * What one slot has held is one candidate: whichever of it matched, the value that holds comes first, with the evidence
 * of the best; others that may be shown follow it, and those that may not are gone.
 */
export function foldChains(
  collapsed: readonly RankedMemory[],
  speakers: Speakers,
  {
    index,
    isServed,
  }: { readonly index: TurnIndex; readonly isServed: (memory: MemoryReference, kind: string) => boolean },
): readonly RankedMemory[] {
  if (!collapsed.some(({ memory }) => speakers.has(memory))) return collapsed;
  const known = new Map(collapsed.map((entry) => [entry.memory, entry]));
  const folded: RankedMemory[] = [];
  const spoken = new Set<MemoryReference>();
  for (const entry of collapsed) {
    const speaker = speakers.get(entry.memory);
    if (speaker === undefined) {
      folded.push(entry);
      continue;
    }
    if (!spoken.has(speaker)) {
      spoken.add(speaker);
      folded.push(
        speaker === entry.memory
          ? entry
          : { ...(known.get(speaker) ?? inPlaceOf(entry, speaker, index)), raw: entry.raw * A_HAIR },
      );
    }
    if (speaker !== entry.memory && isServed(entry.memory, entry.row.kind)) folded.push(entry);
  }
  return folded;
}

function inPlaceOf(entry: RankedMemory, speaker: MemoryReference, index: TurnIndex): RankedMemory {
  const row = index.documents.find(({ memory }) => memory === speaker);
  return { ...entry, memory: speaker, row: row ?? entry.row };
}

/** The value that holds never stands behind others of its slot, whatever else decided the order. */
export function speakersFirst<Hit extends { readonly entry: RankedMemory }>(
  hits: readonly Hit[],
  speakers: Speakers,
): readonly Hit[] {
  if (!hits.some(({ entry }) => speakers.has(entry.memory))) return hits;
  const ordered = [...hits];
  for (const old of hits) {
    const speaker = speakers.get(old.entry.memory);
    if (speaker === undefined || speaker === old.entry.memory) continue;
    const at = ordered.findIndex(({ entry }) => entry.memory === old.entry.memory);
    const place = ordered.findIndex(({ entry }) => entry.memory === speaker);
    const [found] = place > at ? ordered.splice(place, 1) : [];
    if (found !== undefined)
      ordered.splice(at, 0, { ...found, entry: { ...found.entry, raw: old.entry.raw * A_HAIR } });
  }
  return ordered;
}
