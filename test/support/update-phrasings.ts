import type { PhrasingSet } from "./phrasing-set.ts";
import { OPEN_PHRASINGS } from "./update-phrasings-open.ts";

export interface Statement {
  readonly text: string;
  readonly value: string;
  /** Epoch milliseconds. */
  readonly saidAt: number;
  /** True when the text names the value before as well. */
  readonly namesOld: boolean;
}

export interface UpdateScenario {
  readonly id: string;
  readonly family: string;
  readonly origin: PhrasingSet["origin"];
  /** The first statement and one to three updates, oldest first. */
  readonly statements: readonly [Statement, ...Statement[]];
  readonly question: string;
  /** The question as it is asked of a moment before; without it, `question` is asked of that moment too. */
  readonly questionThen?: string;
  /** What holds after the last statement. */
  readonly currentValue: string;
  /** What held before it: must never come first, and is the answer as of `oldAsOf`. */
  readonly oldValue: string;
  readonly oldAsOf: number;
  /** After all of it. */
  readonly askedAt: number;
}

const DAY = 86_400_000;

/**
 * The same scenarios for the same count and seed, no two alike, families in turn. A `count` that the phrasings
 * cannot fill without a repeat is an error.
 */
export function generateUpdateScenarios(
  count: number,
  seed: number,
  sets: readonly PhrasingSet[] = OPEN_PHRASINGS,
): readonly UpdateScenario[] {
  const random = createRandom(seed);
  const scenarios: UpdateScenario[] = [];
  const seen = new Set<string>();
  for (let attempt = 0; scenarios.length < count; attempt += 1) {
    if (attempt > count * 20) throw new Error(`only ${scenarios.length} of ${count} scenarios without a repeat`);
    const set = sets[scenarios.length % sets.length];
    if (set === undefined) throw new Error("no phrasings");
    const scenario = buildScenario(set, `${set.origin}-${seed}-${scenarios.length}`, random);
    const key = scenario.statements.map((statement) => statement.text).join("\n");
    if (seen.has(key)) continue;
    seen.add(key);
    scenarios.push(scenario);
  }
  return scenarios;
}

function buildScenario(set: PhrasingSet, id: string, random: () => number): UpdateScenario {
  const updates = 1 + Math.floor(random() * 3);
  const values = shuffle(set.values, random);
  const phrasings = shuffle(set.update, random);
  let saidAt = Date.UTC(2023, 0, 2, 8) + Math.floor(random() * 300) * DAY + Math.floor(random() * 10 * 3_600_000);
  const [firstValue = ""] = values;
  const first = state(pick(set.first, random), firstValue, "", saidAt);
  const statements: [Statement, ...Statement[]] = [first];
  for (let index = 1; index <= updates; index += 1) {
    saidAt += (8 + Math.floor(random() * 120)) * DAY + Math.floor(random() * 3_600_000);
    const old = values[(index - 1) % values.length] ?? "";
    statements.push(state(phrasings[index % phrasings.length] ?? "", values[index % values.length] ?? "", old, saidAt));
  }
  const last = statements.at(-1) ?? first;
  const before = statements.at(-2) ?? first;
  return {
    id,
    family: set.family,
    origin: set.origin,
    statements,
    question: pick(set.question, random),
    currentValue: last.value,
    oldValue: before.value,
    // Before a "last week" of the update, after the statement of the old value.
    oldAsOf: before.saidAt + Math.floor(Math.min(DAY, (last.saidAt - before.saidAt) / 8)),
    askedAt: last.saidAt + 3 * DAY,
  };
}

function state(phrasing: string, value: string, old: string, saidAt: number): Statement {
  const text = phrasing.replaceAll("{v}", value).replaceAll("{old}", old);
  const written = text.charAt(0).toUpperCase() + text.slice(1);
  return { text: written, value, saidAt, namesOld: phrasing.includes("{old}") };
}

function pick(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? "";
}

function shuffle(list: readonly string[], random: () => number): readonly string[] {
  const shuffled = [...list];
  for (let index = shuffled.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const [left, right] = [shuffled[index] ?? "", shuffled[other] ?? ""];
    shuffled[index] = right;
    shuffled[other] = left;
  }
  return shuffled;
}

/** Mulberry32: small, seeded, the same everywhere. */
function createRandom(seed: number): () => number {
  let state32 = seed | 0;
  return () => {
    state32 = (state32 + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state32 ^ (state32 >>> 15), 1 | state32);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
