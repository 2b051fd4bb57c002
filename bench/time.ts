import { parseArgs } from "node:util";
import { Memory } from "../src/index.ts";
import { formatTable, percent } from "./table.ts";
import { absenceCases } from "./time/absences.ts";
import { cascadeCases } from "./time/cascades.ts";
import type { Outcome, TimeCase } from "./time/case.ts";
import { durationCases, eventCases, recurrenceCases } from "./time/durations.ts";
import { orderCases } from "./time/order.ts";
import { asOfCases, supersessionCases } from "./time/supersession.ts";

const usage = `Usage: npm run bench:time -- [--only <suite>] [--failures]

Generated cases with exact answers: values that change, what held at a moment, how long and how often, and the order of
events. A third of the phrasings was written without sight of the rules. --failures prints each case that fails.
`;

const { values } = parseArgs({
  options: { only: { type: "string" }, failures: { type: "boolean" }, help: { type: "boolean" } },
});
if (values.help === true) console.log(usage);
else await run(values.only, values.failures ?? false);

interface Played {
  readonly one: TimeCase;
  readonly outcome: Outcome;
}

async function run(only: string | undefined, withFailures: boolean): Promise<void> {
  const cases = [
    ...supersessionCases(500),
    ...asOfCases(500),
    ...cascadeCases(100),
    ...absenceCases(100),
    ...durationCases(90),
    ...eventCases(90),
    ...recurrenceCases(30),
    ...orderCases(90),
  ].filter(({ suite }) => only === undefined || suite === only);
  const played: Played[] = [];
  for (let start = 0; start < cases.length; start += 100) played.push(...(await play(cases.slice(start, start + 100))));
  console.log(report(played));
  if (!withFailures) return;
  for (const { one, outcome } of played)
    if (outcome.problem !== undefined)
      console.log(
        `${one.suite} ${one.id} (${one.origin}, ${one.clarity}): ${outcome.problem}\n    told: ${one.told.map(({ text }) => text).join(" / ")}`,
      );
}

/** Users share a file, as in life, but not all of them the same one. */
async function play(cases: readonly TimeCase[]): Promise<Played[]> {
  const memory = new Memory({ dbPath: ":memory:" });
  const played: Played[] = [];
  for (const one of cases) {
    for (const { text, at } of one.told) await memory.add(text, { userId: one.id, timestamp: new Date(at) });
    played.push({ one, outcome: await one.check(memory, one.id) });
  }
  await memory.close();
  return played;
}

function report(played: readonly Played[]): string {
  const groups = new Map<string, Played[]>();
  for (const each of played) {
    const { suite, origin, clarity } = each.one;
    const key = `${suite} · ${origin}${clarity === "mixed" ? "" : ` · ${clarity}`}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const rows = [...groups].map(([name, group]) => {
    const right = group.filter(({ outcome }) => outcome.problem === undefined).length;
    const stale = group.filter(({ outcome }) => outcome.isStale === true).length;
    return [name, String(group.length), String(right), percent(right / group.length), String(stale)];
  });
  return formatTable(["suite", "n", "right", "%", "stale"], rows);
}
