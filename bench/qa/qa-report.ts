import { mean } from "../metrics.ts";
import { clusteredBootstrap, mcnemar, pairedBootstrap, verdict } from "../statistics.ts";
import { formatTable, percent, points } from "../table.ts";
import type { AnswerRow } from "./rows-file.ts";

type Mode = "strict" | "lenient";

/** Quality per source, with 95 % intervals over questions and over conversations; then costs; then pairs of sources. */
export function reportAnswers(rows: readonly AnswerRow[]): string {
  const sources = [...new Set(rows.map(({ source }) => source))];
  return [
    qualityTable(rows, sources),
    categoryTable(rows, sources),
    costTable(rows, sources),
    ...pairs(sources).map(([left, right]) => comparison(rows, left, right)),
  ].join("\n\n");
}

function qualityTable(rows: readonly AnswerRow[], sources: readonly string[]): string {
  const header = ["right in %", "n", "strict", "95 %", "by talk", "lenient*", "F1", "BLEU-1", "unread"];
  return `${formatTable(
    header,
    sources.map((source) => {
      const own = headline(rows, source);
      const strict = own.map((row) => rightness(row, "strict"));
      const byTalk = clusteredBootstrap(
        strict,
        own.map(({ conversation }) => conversation),
      );
      const interval = pairedBootstrap(strict);
      return [
        source,
        String(own.length),
        percent(mean(strict)),
        `${percent(interval.low)}-${percent(interval.high)}`,
        `${percent(byTalk.low)}-${percent(byTalk.high)}`,
        percent(mean(own.map((row) => rightness(row, "lenient")))),
        percent(mean(own.map(({ f1 }) => f1))),
        percent(mean(own.map(({ bleu1 }) => bleu1))),
        String(own.filter(({ strict: verdict_ }) => verdict_.isRight === null).length),
      ];
    }),
  )}\n* the vendors' protocol: one item of several is enough, dates within 14 days. Not to be quoted as accuracy.`;
}

/** Also the categories that are reported apart: there the right answer may be that it is not known. */
function categoryTable(rows: readonly AnswerRow[], sources: readonly string[]): string {
  const categories = [...new Set(rows.map(({ category }) => category))].toSorted();
  return formatTable(
    ["strict by category", "n", ...sources],
    categories.map((category) => {
      const own = rows.filter((row) => row.category === category);
      const first = own.filter(({ source }) => source === sources[0]);
      return [
        category,
        String(first.length),
        ...sources.map((source) =>
          percent(mean(own.filter((row) => row.source === source).map((row) => rightness(row, "strict")))),
        ),
      ];
    }),
  );
}

function costTable(rows: readonly AnswerRow[], sources: readonly string[]): string {
  return formatTable(
    [
      "per question",
      "context tokens",
      "reader in",
      "cached",
      "reader out",
      "judge in",
      "retrieval ms",
      "reader ms p50",
      "p95",
    ],
    sources.map((source) => {
      const own = rows.filter((row) => row.source === source);
      const times = own.map(({ readerMs }) => readerMs).toSorted((left, right) => left - right);
      const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
      const average = (pick: (row: AnswerRow) => number): string => mean(own.map(pick)).toFixed(0);
      return [
        source,
        average((row) => row.contextTokens),
        average((row) => row.reader.inputTokens),
        average((row) => row.reader.cachedInputTokens),
        average((row) => row.reader.outputTokens),
        average((row) => row.judge.inputTokens),
        mean(own.map(({ retrievalMs }) => retrievalMs)).toFixed(2),
        String(at(0.5)),
        String(at(0.95)),
      ];
    }),
  );
}

function comparison(rows: readonly AnswerRow[], left: string, right: string): string {
  const others = new Map(headline(rows, right).map((row) => [`${row.question}/${row.run}`, row]));
  const paired = headline(rows, left).flatMap((row) => {
    const other = others.get(`${row.question}/${row.run}`);
    return other === undefined
      ? []
      : [{ conversation: row.conversation, own: rightness(row, "strict"), other: rightness(other, "strict") }];
  });
  const difference = pairedBootstrap(paired.map(({ own, other }) => own - other));
  const p = mcnemar(
    paired.filter(({ own, other }) => own > other).length,
    paired.filter(({ own, other }) => own < other).length,
  );
  return `${left} minus ${right}, strict, ${paired.length} pairs: ${points(difference.mean)} points (95 % ${points(difference.low)} to ${points(difference.high)}), McNemar p ${p.toFixed(3)}: ${verdict(difference)}`;
}

function headline(rows: readonly AnswerRow[], source: string): AnswerRow[] {
  return rows.filter((row) => row.source === source && row.isHeadline);
}

/** A verdict that could not be read counts as wrong. */
function rightness(row: AnswerRow, mode: Mode): number {
  return row[mode].isRight === true ? 1 : 0;
}

function pairs(sources: readonly string[]): [string, string][] {
  const [first, ...others] = sources;
  return first === undefined ? [] : others.map((other) => [first, other]);
}
