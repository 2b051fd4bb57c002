import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";
import { isAnswerAsOf, isCurrent, isStale, playUpdate, speaksOfBefore } from "../support/play-update.ts";
import type { Hit, PlayedUpdate } from "../support/play-update.ts";
import { generateUpdateScenarios } from "../support/update-phrasings.ts";
import { BLIND_PHRASINGS } from "../support/update-phrasings-blind.ts";

const SCENARIOS = [...generateUpdateScenarios(333, 1), ...generateUpdateScenarios(167, 2, BLIND_PHRASINGS)];
/** Users share a file, as in life, but not all 500 the same one. */
const USERS_PER_FILE = 125;

/**
 * What must hold today, per set of phrasings. The aim is 0 stale and all of them answered: the figures may only get
 * better.
 */
const BARS = {
  open: { stale: 0, current: 1, asOf: 1 },
  blind: { stale: 0, current: 1, asOf: 1 },
} as const;
const ORIGINS = ["open", "blind"] as const;

type Form = keyof PlayedUpdate["hits"];

describe("500 generated updates", () => {
  const folder = mkdtempSync(join(tmpdir(), "recollect-updates-"));
  const played: PlayedUpdate[] = [];

  beforeAll(async () => {
    for (let start = 0; start < SCENARIOS.length; start += USERS_PER_FILE) {
      const memory = new Memory({ dbPath: join(folder, `memory-${start}.db`), durability: "relaxed" });
      for (const scenario of SCENARIOS.slice(start, start + USERS_PER_FILE))
        played.push(await playUpdate(memory, scenario));
      await memory.close();
    }
    process.stdout.write(`${countLines(played).join("\n")}\n`);
  }, 240_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("are two thirds open, one third blind", () => {
    expect(played.filter(({ scenario }) => scenario.origin === "open")).toHaveLength(333);
    expect(played.filter(({ scenario }) => scenario.origin === "blind")).toHaveLength(167);
  });

  const forms = (["plain", "active", "latest"] as const).flatMap((form) =>
    ORIGINS.map((origin) => [form, origin] as const),
  );

  it.each(forms)("a value of before comes first no more often than known (%s, %s)", (form, origin) => {
    const part = played.filter(({ scenario }) => scenario.origin === origin);
    const stale = failures(part, form, (hit, { scenario }) => hit !== undefined && isStale(hit.memory, scenario));
    expect(stale.length > BARS[origin].stale ? stale : []).toEqual([]);
  });

  it("return no superseded memory where only the latest or active ones are asked for", () => {
    const returned = played.flatMap(({ hits }) => [...hits.active, ...hits.latest]);
    expect(returned.filter((hit) => hit.state === "superseded")).toEqual([]);
  });

  it("never give first what was said later, as of a moment before", () => {
    const dated = played.filter(({ scenario }) => !speaksOfBefore(scenario));
    expect(
      failures(dated, "asOf", (hit, { scenario }) => hit !== undefined && isTooLate(hit, scenario.oldAsOf)),
    ).toEqual([]);
  });

  it.each(ORIGINS)("give the current value first (%s)", (origin) => {
    const part = played.filter(({ scenario }) => scenario.origin === origin);
    const wrong = failures(part, "plain", (hit, { scenario }) => !isFirst(hit, (text) => isCurrent(text, scenario)));
    expect(tooMany(wrong, part.length, BARS[origin].current)).toEqual([]);
  });

  it.each(ORIGINS)("give the value of before first, as of a moment before the change (%s)", (origin) => {
    const dated = played.filter(({ scenario }) => scenario.origin === origin && !speaksOfBefore(scenario));
    const wrong = failures(dated, "asOf", (hit, { scenario }) => !isFirst(hit, (text) => isAnswerAsOf(text, scenario)));
    expect(tooMany(wrong, dated.length, BARS[origin].asOf)).toEqual([]);
  });
});

/** The failures when there are more than allowed, to be read; else none. */
function tooMany(wrong: readonly string[], total: number, least: number): readonly string[] {
  return wrong.length > total * (1 - least) ? wrong : [];
}

function isFirst(hit: Hit | undefined, isRight: (text: string) => boolean): boolean {
  return hit !== undefined && isRight(hit.memory);
}

function isTooLate(hit: Hit, asOf: number): boolean {
  return Date.parse(hit.createdAt) > asOf;
}

/** One line for each update whose first hit fails. */
function failures(
  played: readonly PlayedUpdate[],
  form: Form,
  isWrong: (hit: Hit | undefined, update: PlayedUpdate) => boolean,
): readonly string[] {
  return played
    .filter((update) => isWrong(update.hits[form][0], update))
    .map(({ scenario, hits }) => {
      const told = scenario.statements.map(({ text }) => `"${text}"`).join(" then ");
      return `${scenario.id} (${scenario.family}): ${told}; ${scenario.question} -> "${hits[form][0]?.memory ?? ""}"`;
    });
}

function countLines(played: readonly PlayedUpdate[]): readonly string[] {
  return ORIGINS.map((origin) => {
    const part = played.filter(({ scenario }) => scenario.origin === origin);
    const count = (form: Form, isCounted: (text: string, update: PlayedUpdate) => boolean, of = part): number =>
      of.filter((update) => isFirst(update.hits[form][0], (text) => isCounted(text, update))).length;
    const stale = (["plain", "active", "latest"] as const).map(
      (form) => `${form} ${count(form, (text, { scenario }) => isStale(text, scenario))}`,
    );
    const current = count("plain", (text, { scenario }) => isCurrent(text, scenario));
    const dated = part.filter(({ scenario }) => !speaksOfBefore(scenario));
    const before = count("asOf", (text, { scenario }) => isAnswerAsOf(text, scenario), dated);
    return `${origin}: ${part.length} updates; stale first: ${stale.join(", ")}; current first: ${current}; right as of before: ${before} of ${dated.length}`;
  });
}
