import { isCurrent, isStale, isAnswerAsOf, speaksOfBefore } from "../../test/support/play-update.ts";
import { generateUpdateScenarios, type UpdateScenario } from "../../test/support/update-phrasings.ts";
import { pickOf, randomOf } from "../speed/random.ts";
import { BLIND_SLOTS } from "./blind-phrasings.ts";
import { at, DAY, names, topOf } from "./case.ts";
import type { TimeCase } from "./case.ts";

/** A value, then another, and the question for what holds: a third in phrasings that no rule was written for. */
export function supersessionCases(count: number): TimeCase[] {
  const blind = Math.floor(count / 3);
  return [
    ...generateUpdateScenarios(count - blind, 11).map((scenario) => currentCase(scenario)),
    ...blindChanges(blind, 12).map((change): TimeCase => ({
      ...change.base,
      suite: "supersession",
      check: async (memory, userId) => {
        const { results } = await topOf(memory, userId, change.question, { now: change.askedAt });
        const text = results[0]?.memory ?? "";
        if (names(text, change.current)) return {};
        return { problem: `${change.question} -> "${text}"`, isStale: names(text, change.old) };
      },
    })),
  ];
}

/** The same, asked as of a moment between the two. */
export function asOfCases(count: number): TimeCase[] {
  const blind = Math.floor(count / 3);
  // "Actually, it is …" says that it was never otherwise: what held before is then nobody's to say.
  const scenarios = generateUpdateScenarios(count, 13).filter((scenario) => !speaksOfBefore(scenario));
  return [
    ...scenarios.slice(0, count - blind).map((scenario) => oldCase(scenario)),
    ...blindChanges(blind, 14).map((change): TimeCase => ({
      ...change.base,
      suite: "as of",
      check: async (memory, userId) => {
        const asOf = change.oldAsOf;
        const { results } = await topOf(memory, userId, change.question, { now: change.askedAt, asOf });
        const text = results[0]?.memory ?? "";
        return names(text, change.old) && !results.some((hit) => Date.parse(hit.createdAt) > asOf)
          ? {}
          : { problem: `${change.question} as of before -> "${text}"` };
      },
    })),
  ];
}

function currentCase(scenario: UpdateScenario): TimeCase {
  return {
    suite: "supersession",
    ...baseOf(scenario),
    check: async (memory, userId) => {
      const { results } = await topOf(memory, userId, scenario.question, { now: scenario.askedAt });
      const text = results[0]?.memory ?? "";
      return isCurrent(text, scenario)
        ? {}
        : { problem: `${scenario.question} -> "${text}"`, isStale: isStale(text, scenario) };
    },
  };
}

function oldCase(scenario: UpdateScenario): TimeCase {
  return {
    suite: "as of",
    ...baseOf(scenario),
    check: async (memory, userId) => {
      const asOf = scenario.oldAsOf;
      const { results } = await topOf(memory, userId, scenario.question, { now: scenario.askedAt, asOf });
      const text = results[0]?.memory ?? "";
      return isAnswerAsOf(text, scenario) ? {} : { problem: `${scenario.question} as of before -> "${text}"` };
    },
  };
}

function baseOf(scenario: UpdateScenario): Pick<TimeCase, "id" | "clarity" | "origin" | "told"> {
  return {
    id: scenario.id,
    clarity: "mixed",
    origin: "open",
    told: scenario.statements.map(({ text, saidAt }) => ({ text, at: saidAt })),
  };
}

interface BlindChange {
  readonly base: Omit<TimeCase, "suite" | "check">;
  readonly question: string;
  readonly old: string;
  readonly current: string;
  readonly oldAsOf: number;
  readonly askedAt: number;
}

function blindChanges(count: number, seed: number): BlindChange[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, (_, place): BlindChange => {
    const slot = BLIND_SLOTS[place % BLIND_SLOTS.length] as (typeof BLIND_SLOTS)[number];
    const old = pickOf(slot.values, random);
    const current = pickOf(
      slot.values.filter((value) => value !== old),
      random,
    );
    const change = slot.changes[
      Math.floor(place / BLIND_SLOTS.length) % slot.changes.length
    ] as (typeof slot.changes)[number];
    const fill = (text: string): string => text.replaceAll("{old}", old).replaceAll("{new}", current);
    const firstAt = at("2024-01-10") + Math.floor(random() * 200) * DAY;
    const changedAt = firstAt + (20 + Math.floor(random() * 100)) * DAY;
    return {
      base: {
        id: `blind-${seed}-${place}`,
        clarity: change.clarity,
        origin: "blind",
        told: [
          { text: fill(pickOf(slot.first, random)), at: firstAt },
          { text: fill(change.text), at: changedAt },
        ],
      },
      question: pickOf(slot.questions, random),
      old,
      current,
      oldAsOf: firstAt + 5 * DAY,
      askedAt: changedAt + 30 * DAY,
    };
  });
}
