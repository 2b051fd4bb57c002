import { secondsOf } from "./read-values.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekday = String.raw`(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?`;
const monthName = String.raw`(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?`;
const clock = String.raw`(?:,?\s+(?:at\s+)?(\d{1,2}:\d{2})(?::\d{2})?)?`;
const isoDate = new RegExp(`^${weekday}(\\d{4}-\\d{2}-\\d{2})${clock}$`, "iu");
const monthFirst = new RegExp(`^${weekday}${monthName}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})${clock}$`, "iu");
const dayFirst = new RegExp(`^${weekday}(\\d{1,2})(?:st|nd|rd|th)?\\s+${monthName},?\\s+(\\d{4})${clock}$`, "iu");

/**
 * A line that is nothing but a date opens a session: "2024-05-01", "# Wednesday, 1 May 2024", "--- May 1, 2024, 10:00 ---",
 * "Session 2 (2024-05-01)". Gives its time in Unix seconds, UTC.
 */
export function readDateHeading(line: string): number | undefined {
  if (line.length > 80) return undefined;
  const bare = line
    .trim()
    .replace(/^[#=*\-–—\s[(]+/u, "")
    .replace(/[:=*\-–—\s\])]+$/u, "")
    .replace(/^(?:session|conversation|chat|day)\s+\d+\s*[:,(\-–—]\s*/iu, "");
  const iso = isoDate.exec(bare);
  if (iso !== null) return atTime(iso[1], iso[2]);
  const american = monthFirst.exec(bare);
  if (american !== null) return atTime(isoDay(american[3], american[1], american[2]), american[4]);
  const european = dayFirst.exec(bare);
  if (european !== null) return atTime(isoDay(european[3], european[2], european[1]), european[4]);
  return undefined;
}

function isoDay(year = "", month = "", day = ""): string {
  const number = months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function atTime(day = "", time: string | undefined): number | undefined {
  return secondsOf(time === undefined ? day : `${day} ${time.padStart(5, "0")}`);
}
