import { parseArgs } from "node:util";
import type { ForgettingCase } from "./forgetting/case.ts";
import { contradictionCases } from "./forgetting/contradictions.ts";
import { decayCases } from "./forgetting/decay-order.ts";
import { deletionCases } from "./forgetting/deletion.ts";
import { injectionCases } from "./forgetting/injection.ts";
import { horizonCases } from "./forgetting/long-horizon.ts";
import { formatTable, percent } from "./table.ts";

const usage = `Usage: npm run bench:forgetting -- [--only <suite>] [--failures]

Generated cases with exact answers: contradictions, what deletion leaves, the order that decay makes, injection, and five
years of one user. A third of the phrasings of the first, the second and the fourth was written without sight of the rules.
--failures prints each case that fails.
`;

const { values } = parseArgs({
  options: { only: { type: "string" }, failures: { type: "boolean" }, help: { type: "boolean" } },
});
if (values.help === true) console.log(usage);
else await run(values.only, values.failures ?? false);

interface Played {
  readonly one: ForgettingCase;
  readonly problem: string | null;
}

async function run(only: string | undefined, withFailures: boolean): Promise<void> {
  const suites: readonly (() => readonly ForgettingCase[])[] = [
    () => contradictionCases(120),
    () => deletionCases(150),
    () => decayCases(90),
    injectionCases,
    () => horizonCases({ years: 5, messages: 10_000 }),
  ];
  const cases = suites.flatMap((make) => make()).filter(({ suite }) => only === undefined || suite === only);
  const played: Played[] = [];
  for (const one of cases) played.push({ one, problem: await one.check() });
  console.log(report(played));
  if (!withFailures) return;
  for (const { one, problem } of played)
    if (problem !== null) console.log(`${one.suite} · ${one.id} (${one.origin}, ${one.clarity}): ${problem}`);
}

function report(played: readonly Played[]): string {
  const groups = Map.groupBy(played, ({ one }) => `${one.suite} · ${one.origin} · ${one.clarity}`);
  const rows = [...groups].map(([name, group]) => {
    const right = group.filter(({ problem }) => problem === null).length;
    return [name, String(group.length), String(right), percent(right / group.length)];
  });
  return formatTable(["suite", "n", "right", "%"], rows);
}
