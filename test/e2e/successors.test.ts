import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";
import { FALSE_SWAPS } from "../support/false-swaps.ts";
import { holds, playUpdate } from "../support/play-update.ts";
import type { Hit } from "../support/play-update.ts";
import type { FreshPair } from "../support/update-phrasings-fresh.ts";
import { HELD_PAIRS, READ_PAIRS } from "../support/update-phrasings-held.ts";
import { HELD_WORDLESS, READ_WORDLESS } from "../support/update-phrasings-wordless.ts";

/** What must hold today; the aim is none anywhere. A rule that finds more successors must not swap more that are none. */
const MOST_STALE = { read: 6, held: 9, wordless: 1, "wordless-held": 2 } as const;
const MOST_SWAPPED = 32;
const DAY = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), "recollect-successors-"));
let memory: Memory;
beforeAll(() => {
  memory = new Memory({ dbPath: join(folder, "memory.db"), durability: "relaxed" });
});
afterAll(async () => {
  await memory.close();
  rmSync(folder, { recursive: true });
});

/** Tells both in the middle of talk of other things, and asks. */
async function firstHits(id: string, at: number, pair: FreshPair): Promise<readonly Hit[]> {
  const { before, after, question, oldValue, newValue } = pair;
  const start = Date.UTC(2024, 1, 5, 9) + (at % 11) * DAY;
  const later = start + (20 + (at % 7) * 9) * DAY;
  const { hits } = await playUpdate(memory, {
    id,
    family: "",
    origin: "open",
    statements: [
      { text: before, value: oldValue, saidAt: start, namesOld: false },
      { text: after, value: newValue, saidAt: later, namesOld: false },
    ],
    question,
    currentValue: newValue,
    oldValue,
    oldAsOf: start + DAY,
    askedAt: later + 3 * DAY,
  });
  return hits.plain;
}

it.each([
  ["read", READ_PAIRS],
  ["held", HELD_PAIRS],
  ["wordless", READ_WORDLESS],
  ["wordless-held", HELD_WORDLESS],
] as const)(
  "what was so before comes first no more often than known (%s)",
  { timeout: 240_000 },
  async (name, pairs) => {
    const stale: string[] = [];
    let current = 0;
    for (const [at, pair] of pairs.entries()) {
      const first = (await firstHits(`${name}-${at}`, at, pair))[0]?.memory ?? "";
      if (holds(first, pair.newValue)) current += 1;
      else if (holds(first, pair.oldValue)) stale.push(`"${pair.before}" then "${pair.after}" -> "${first}"`);
    }
    process.stdout.write(`${name} pairs: ${pairs.length}; stale first: ${stale.length}; current first: ${current}\n`);
    // Of those that are held the count alone.
    const shown = name.endsWith("held") ? stale.map((_line, place) => `held ${place}`) : stale;
    expect(shown.length > MOST_STALE[name] ? shown : []).toEqual([]);
  },
);

it("what speaks of a like thing takes no answer's place more often than known", { timeout: 240_000 }, async () => {
  const swapped: string[] = [];
  for (const [at, { answer, newer, question, rightWord, wrongWord }] of FALSE_SWAPS.entries()) {
    const pair = { before: answer, after: newer, question, oldValue: rightWord, newValue: wrongWord };
    const hits = await firstHits(`swap-${at}`, at, pair);
    const first = hits[0]?.memory ?? "";
    const isFirst = holds(first, wrongWord) && !holds(first, rightWord);
    const isReplaced = hits.some((hit) => hit.state === "superseded" && holds(hit.memory, rightWord));
    if (isFirst || isReplaced) swapped.push(`"${answer}" then "${newer}"`);
  }
  process.stdout.write(`false swaps: ${swapped.length} of ${FALSE_SWAPS.length}\n`);
  expect(swapped.length > MOST_SWAPPED ? swapped : []).toEqual([]);
});
