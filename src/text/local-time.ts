/** Moves a moment (epoch milliseconds) so that its UTC calendar shows what a clock in the zone showed. */
export type LocalTime = (time: number) => number;

/**
 * For words such as "yesterday" and "tonight", which mean days of the speaker's. `zone` is an IANA name.
 * @throws RangeError for a zone that nobody knows.
 */
export function createLocalTime(zone: string): LocalTime {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    era: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  if (format.resolvedOptions().timeZone === "UTC") return (time) => time;
  return (time) => {
    if (!Number.isFinite(time)) return time;
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const read = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
    // Before the year 1 the calendar counts backwards; nobody told of yesterday then.
    if (parts.get("era") !== "AD") return time;
    const local = new Date(0);
    local.setUTCFullYear(read("year"), read("month") - 1, read("day"));
    local.setUTCHours(read("hour"), read("minute"), read("second"), ((time % 1000) + 1000) % 1000);
    return local.getTime();
  };
}
