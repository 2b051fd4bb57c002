import type { TimeGranularity } from "../../domain/memory.ts";
import { findDates, type ResolvedDate } from "../../text/resolve-dates.ts";
import type { Ground } from "./align-fact.ts";
import type { ModelFact } from "./model-fact.ts";

export interface CheckedTime {
  readonly validFrom?: number;
  readonly validTo?: number;
  readonly granularity?: TimeGranularity;
}

const DAY = 86_400_000;

/**
 * When a fact holds, by what its sentences say: the date of theirs that the model means, as exact as they are. A date
 * that they do not say is none. A state that begins stays open; an event has both ends.
 */
export function checkTime(
  { from, to }: ModelFact,
  grounds: readonly [Ground, ...Ground[]],
  isState: boolean,
): CheckedTime {
  const start = rangeOf(from);
  const end = rangeOf(to);
  if (start === undefined && end === undefined) return {};
  const said = grounds.flatMap(({ speech, sentence }) =>
    findDates(sentence.text, speech.message.saidAt, speech.language),
  );
  const first = start === undefined ? undefined : said.find((date) => overlaps(date, start));
  const last = end === undefined ? undefined : said.find((date) => overlaps(date, end));
  if (first === undefined) return last === undefined ? {} : { validTo: last.to, granularity: last.granularity };
  const granularity = first.granularity;
  if (first.granularity === "open" || (isState && (last === undefined || last === first)))
    return { validFrom: first.from, granularity };
  return { validFrom: first.from, validTo: Math.max((last ?? first).to, first.to), granularity };
}

function overlaps(date: ResolvedDate, { from, to }: { readonly from: number; readonly to: number }): boolean {
  // A day to either side: the model may have counted in another time zone.
  return date.from < to + DAY && from < date.to + DAY;
}

/** "2023", "2023-05", "2023-05-07", "2023-05-07T10:00Z" as a range in UTC. */
function rangeOf(text: string | undefined): { readonly from: number; readonly to: number } | undefined {
  const match = /^\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?/u.exec(text ?? "");
  if (match?.[1] === undefined) return undefined;
  const year = Number(match[1]);
  if (match[2] === undefined) return { from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) };
  const month = Number(match[2]) - 1;
  if (match[3] === undefined) return { from: Date.UTC(year, month), to: Date.UTC(year, month + 1) };
  const from = Date.UTC(year, month, Number(match[3]));
  return { from, to: from + DAY };
}
