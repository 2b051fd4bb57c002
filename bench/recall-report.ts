import { mean, ndcgAt, recallAt, recallDepths, tokenBudgets } from "./metrics.ts";
import { clusteredBootstrap, mcnemar, pairedBootstrap, verdict } from "./statistics.ts";
import { formatTable, percent, points } from "./table.ts";
import type { Effort, Measurement, QuestionRow } from "./measure-recall.ts";

interface Group {
  readonly name: string;
  readonly rows: (measurement: Measurement) => QuestionRow[];
}

/** Rows that carry evidence: the others can only be empty or not. */
const isScored = (row: QuestionRow): boolean => row.ranks.length > 0;

/** Everything that is printed about quality; the systems stand beside each other in every block. */
export function reportQuality(measurements: readonly Measurement[]): string {
  const rows = measurements[0]?.rows ?? [];
  const overall: Group = { name: "overall", rows: (own) => own.rows.filter((row) => row.isHeadline && isScored(row)) };
  const apart: Group = { name: "apart", rows: (own) => own.rows.filter((row) => !row.isHeadline && isScored(row)) };
  const groupsBy = (key: "category" | "conversation"): Group[] =>
    [...new Set(rows.filter((row) => row.isHeadline && isScored(row)).map((row) => row[key]))]
      .toSorted()
      .map((name) => ({
        name,
        rows: (own) => own.rows.filter((row) => row.isHeadline && isScored(row) && row[key] === name),
      }));
  const hasApart = rows.some((row) => !row.isHeadline && isScored(row));
  return [
    section("By category", measurements, [...groupsBy("category"), overall, ...(hasApart ? [apart] : [])]),
    section("By conversation", measurements, groupsBy("conversation")),
    fullTable(measurements, overall),
    emptyTable(measurements),
  ].join("\n\n");
}

function section(title: string, measurements: readonly Measurement[], groups: readonly Group[]): string {
  const header = ["", "n", "R@5", "R@10", "R@20", "R@50", "all@10", "nDCG@10", "@500", "@1k", "@2k", "@4k", "@7k"];
  const rows = groups.flatMap((group) =>
    measurements.map((measurement) => {
      const own = group.rows(measurement);
      const recall = (depth: number): string => percent(mean(own.map((row) => recallAt(row.ranks, depth).fraction)));
      return [
        `${group.name} · ${measurement.system}`,
        String(own.length),
        recall(5),
        recall(10),
        recall(20),
        recall(50),
        percent(mean(own.map((row) => recallAt(row.ranks, 10).all))),
        percent(mean(own.map((row) => ndcgAt(row.ranks, 10)))),
        ...tokenBudgets.map((_, index) => percent(mean(own.map((row) => row.evidence[index] ?? 0)))),
      ];
    }),
  );
  return `${title} (R = fraction of the evidence turns among the first k; @tokens = fraction in the context text)\n${formatTable(header, rows)}`;
}

function fullTable(measurements: readonly Measurement[], overall: Group): string {
  const header = [
    "overall",
    ...recallDepths.flatMap((depth) => [`any@${depth}`, `all@${depth}`]),
    ...tokenBudgets.map((budget) => `all@${budget}t`),
    "mean turns",
  ];
  const rows = measurements.map((measurement) => {
    const own = overall.rows(measurement);
    return [
      measurement.system,
      ...recallDepths.flatMap((depth) => [
        percent(mean(own.map((row) => recallAt(row.ranks, depth).any))),
        percent(mean(own.map((row) => recallAt(row.ranks, depth).all))),
      ]),
      ...tokenBudgets.map((_, index) => percent(mean(own.map((row) => (isComplete(row, index) ? 1 : 0))))),
      mean(own.map((row) => row.turns)).toFixed(1),
    ];
  });
  return `Any and all\n${formatTable(header, rows)}`;
}

function emptyTable(measurements: readonly Measurement[]): string {
  const header = [
    "all questions",
    "n",
    "empty results",
    "empty contexts",
    ...tokenBudgets.map((budget) => `tokens@${budget}`),
    "over budget",
  ];
  const rows = measurements.map(({ system, rows: own }) => [
    system,
    String(own.length),
    String(own.filter((row) => row.turns === 0).length),
    String(own.filter((row) => row.tokens.includes(0)).length),
    ...tokenBudgets.map((_, index) => mean(own.map((row) => row.tokens[index] ?? 0)).toFixed(0)),
    String(own.filter((row) => row.tokens.some((count, index) => count > (tokenBudgets[index] ?? 0))).length),
  ]);
  return `Emptiness and mean size of the context\n${formatTable(header, rows)}`;
}

const comparedMeasures: readonly { readonly name: string; readonly of: (row: QuestionRow) => number }[] = [
  { name: "R@5", of: (row) => recallAt(row.ranks, 5).fraction },
  { name: "R@10", of: (row) => recallAt(row.ranks, 10).fraction },
  { name: "R@20", of: (row) => recallAt(row.ranks, 20).fraction },
  { name: "R@50", of: (row) => recallAt(row.ranks, 50).fraction },
  { name: "all@10", of: (row) => recallAt(row.ranks, 10).all },
  { name: "nDCG@10", of: (row) => ndcgAt(row.ranks, 10) },
  ...tokenBudgets.map((budget, index) => ({
    name: `evidence@${budget}t`,
    of: (row: QuestionRow): number => row.evidence[index] ?? 0,
  })),
];

/** Question by question, only over questions that both have. */
export function reportComparison(title: string, before: readonly QuestionRow[], after: readonly QuestionRow[]): string {
  const earlier = new Map(before.map((row) => [row.id, row]));
  const pairs = after.flatMap((row) => {
    const other = earlier.get(row.id);
    return other !== undefined && row.isHeadline && isScored(row) ? [{ row, other }] : [];
  });
  const header = [
    "points",
    "difference",
    "95% questions",
    "95% conversations",
    "p",
    "verdict",
    "gained/lost",
    "McNemar p",
  ];
  const rows = comparedMeasures.map(({ name, of }) => {
    const differences = pairs.map(({ row, other }) => of(row) - of(other));
    const byQuestion = pairedBootstrap(differences);
    const byConversation = clusteredBootstrap(
      differences,
      pairs.map(({ row }) => row.conversation),
    );
    const gained = pairs.filter(({ row, other }) => of(row) === 1 && of(other) < 1).length;
    const lost = pairs.filter(({ row, other }) => of(row) < 1 && of(other) === 1).length;
    const isRanked = name !== "nDCG@10";
    return [
      name,
      points(byQuestion.mean),
      `${points(byQuestion.low)} .. ${points(byQuestion.high)}`,
      `${points(byConversation.low)} .. ${points(byConversation.high)}`,
      byQuestion.p.toFixed(3),
      verdict(byQuestion),
      isRanked ? `${gained}/${lost}` : "",
      isRanked ? mcnemar(gained, lost).toFixed(3) : "",
    ];
  });
  return `${title} (n = ${pairs.length}; gained/lost = questions whose evidence became complete or stopped being so)\n${formatTable(header, rows)}`;
}

/** Times depend on the machine and its load: compare ratios within one run. */
export function reportEffort(measurements: readonly Measurement[]): string {
  const header = ["time", "calls", "wall s", "CPU s", "wall ms/call", "CPU ms/call"];
  const rows = measurements.flatMap((measurement) => [
    effortRow(`${measurement.system} · add`, measurement.adding),
    effortRow(`${measurement.system} · search`, measurement.searching),
    effortRow(`${measurement.system} · context`, measurement.packing),
  ]);
  return formatTable(header, rows);
}

function effortRow(name: string, { calls, wallMs, cpuMs }: Effort): string[] {
  const perCall = (ms: number): string => (ms / Math.max(1, calls)).toFixed(3);
  return [name, String(calls), (wallMs / 1000).toFixed(2), (cpuMs / 1000).toFixed(2), perCall(wallMs), perCall(cpuMs)];
}

function isComplete(row: QuestionRow, budgetIndex: number): boolean {
  return (row.evidence[budgetIndex] ?? 0) > 1 - 1e-9;
}
