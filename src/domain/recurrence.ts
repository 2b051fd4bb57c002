/** What comes again: every `interval` units, `times` in each, on which weekdays or which day of the month. */
export interface Recurrence {
  readonly unit: "day" | "week" | "month" | "year";
  /** 2 for "every other week". */
  readonly interval: number;
  /** "Twice a week": 2. Left out where nobody counts. */
  readonly times?: number;
  /** Lower-case English names, Monday first. */
  readonly weekdays?: readonly string[];
  /** Day of the month, from 1. */
  readonly monthDay?: number;
  /** The words that say so. */
  readonly words: string;
}
