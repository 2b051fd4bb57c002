/** One figure of a row, with what it must reach and what it aims at, in its unit. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: number;
  readonly aim?: number;
  /** True where more is better: ratios against another system. */
  readonly isMoreBetter?: boolean;
  /** What else belongs to the number: spread, counts. */
  readonly note?: string;
}

export interface RunContext {
  /** Scratch folder of this run; removed at the end. */
  readonly folder: string;
  readonly isQuick: boolean;
  readonly withMillion: boolean;
  /** A LoCoMo file, when one was named. */
  readonly locomo?: string;
  readonly progress: (text: string) => void;
}

/** What one row of the table measures. */
export interface SpeedRow {
  readonly name: string;
  readonly about: string;
  /** Undefined when it cannot be measured here, with the reason in the progress lines. */
  readonly run: (context: RunContext) => Promise<readonly Figure[]>;
}

export function verdictOf({ value, bar, aim, isMoreBetter = false }: Figure): string {
  const reaches = (limit: number | undefined): boolean =>
    limit !== undefined && (isMoreBetter ? value >= limit : value <= limit);
  if (bar === undefined && aim === undefined) return "";
  if (reaches(aim)) return "aim";
  return reaches(bar) ? "bar" : "MISSED";
}
