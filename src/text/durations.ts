import type { TimeGranularity } from "../domain/memory.ts";
import { numberOf, shiftBy } from "./date-rules-english.ts";

/** A beginning that is told by how long something has lasted. */
export interface OpenSince {
  /** Epoch milliseconds, UTC. */
  readonly from: number;
  /** How exact the words are: "three years" may be some months off. */
  readonly granularity: TimeGranularity;
  readonly phrase: string;
}

const COUNT =
  "\\d{1,3}|an?|half an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|(?:a )?few|several|(?:a )?couple(?: of)?";
const ABOUT =
  "(?:just |well )?(?:about|around|almost|nearly|over|under|roughly|approximately|exactly|at least|more than|less than|close to|like) ";
const LAST = "(?:the |these )?(?:last|past) ";
const HALF = "(?<half> and a half)?";
const LASTED = new RegExp(
  `\\b(?:(?:for|over|during) (?:${ABOUT})?(?:${LAST})?(?:${ABOUT})?(?<count>${COUNT})(?<early> and a half)? (?<unit>day|week|fortnight|month|year|decade)s?${HALF}(?! ago| old| from)` +
    `|(?<countNow>${COUNT}) (?<unitNow>day|week|fortnight|month|year|decade)s? (?:now|already)\\b)`,
  "iu",
);
/** "I have worked", "she's been": what goes on. "He's going to Rome for two weeks" does not. */
const GOES_ON = /\b(?:have|has|haven|hasn)\b|['’]ve\b|\bbeen\b|['’]s (?:had|known|been|\p{L}{2,}ed)\b|\bgoing on\b/iu;
const IS_UNREAL = /\b(?:would|could|should|might|will|had been|going to)\b/iu;

/** When what a clause tells began, where it says how long it has lasted: "I've been at Acme for three years". */
export function findOpenSince(clause: string, saidAt: number): OpenSince | undefined {
  const match = LASTED.exec(clause);
  if (match === null || !GOES_ON.test(clause) || IS_UNREAL.test(clause)) return undefined;
  const groups = match.groups ?? {};
  const unit = (groups["unit"] ?? groups["unitNow"] ?? "day").toLowerCase();
  const words = (groups["count"] ?? groups["countNow"] ?? "a").toLowerCase();
  const hasHalf = groups["half"] !== undefined || groups["early"] !== undefined;
  const count = words.startsWith("half") ? 0.5 : numberOf(words) + (hasHalf ? 0.5 : 0);
  const from = startOf(unit, count, saidAt);
  if (from === undefined) return undefined;
  const isExact = unit === "day" || unit === "week" || unit === "fortnight";
  const isYears = (unit === "year" && Number.isInteger(count)) || unit === "decade";
  return { from, granularity: isExact ? "day" : isYears ? "year" : "month", phrase: match[0] };
}

function startOf(unit: string, count: number, saidAt: number): number | undefined {
  if (Number.isInteger(count)) return shiftBy(unit, saidAt, -count);
  if (unit === "year") return shiftBy("month", saidAt, -Math.round(count * 12));
  if (unit === "decade") return shiftBy("year", saidAt, -Math.round(count * 10));
  const days = { week: 7, fortnight: 14, month: 30 }[unit];
  return days === undefined ? undefined : shiftBy("day", saidAt, -Math.round(count * days));
}
