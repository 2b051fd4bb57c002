import { Memory } from "../src/index.ts";
import { aliasCases } from "./aliases/alias-cases.ts";
import { checkAlias } from "./aliases/check-alias.ts";
import { formatTable } from "./table.ts";

const usage = `Usage: npm run bench:aliases [-- --failures]

200 generated stories of one user each: names, roles ("my sister"), short names and roles that change hands. Counted are
cases in which every name stands for the right entity, every relation is right, and the best hit of the question holds
the answer. A third of the phrasings was written before any was tried on the rules.
  --failures    print what went wrong`;

if (process.argv.includes("--help")) console.log(usage);
else await run();

async function run(): Promise<void> {
  const memory = new Memory({ dbPath: ":memory:" });
  const cases = aliasCases();
  const rows = new Map<
    string,
    { all: number; names: number; facts: number; asked: number; answers: number; right: number }
  >();
  for (const [index, story] of cases.entries()) {
    const outcome = await checkAlias(memory, story, `user-${index}`);
    for (const key of [
      `${story.kind}${story.isBlind ? ", blind" : ""}`,
      story.isBlind ? "all blind" : "all explicit",
    ]) {
      const row = rows.get(key) ?? { all: 0, names: 0, facts: 0, asked: 0, answers: 0, right: 0 };
      row.all += 1;
      row.names += outcome.names ? 1 : 0;
      row.facts += outcome.facts ? 1 : 0;
      row.asked += story.question === undefined ? 0 : 1;
      row.answers += story.question !== undefined && outcome.answer ? 1 : 0;
      row.right += outcome.names && outcome.facts && outcome.answer ? 1 : 0;
      rows.set(key, row);
    }
    if (process.argv.includes("--failures") && outcome.problems.length > 0)
      console.log(`${story.said.map(({ text }) => text).join(" ")}\n   ${outcome.problems.join("\n   ")}`);
  }
  await memory.close();
  const table = [...rows].toSorted(([left], [right]) => left.localeCompare(right));
  console.log(
    formatTable(
      ["cases", "n", "names", "relations", "answers", "all right"],
      table.map(([name, { all, names, facts, asked, answers, right }]) => [
        name,
        String(all),
        String(names),
        String(facts),
        asked === 0 ? "" : `${answers} of ${asked}`,
        String(right),
      ]),
    ),
  );
}
