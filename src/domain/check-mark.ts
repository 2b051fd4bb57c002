/** Why a memory needs a check: something that it rests on has changed. */
export interface CheckMark {
  /** What became of it: another value took its place, it was deleted, or its text was changed. */
  readonly change: "superseded" | "deleted" | "updated";
  /** The memory that changed. */
  readonly memoryId: string;
  /** What took its place. */
  readonly replacedBy?: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What a caller reads of it. `at` is ISO 8601. */
export interface NeededCheck extends Omit<CheckMark, "at"> {
  /** In words: "What it rests on was superseded." */
  readonly reason: string;
  readonly at: string;
}

const REASONS: Readonly<Record<CheckMark["change"], string>> = {
  superseded: "What it rests on was superseded by a newer value.",
  deleted: "What it rests on was deleted.",
  updated: "The text of what it rests on was changed.",
};

export function toNeededCheck(mark: CheckMark): NeededCheck {
  return { ...mark, reason: REASONS[mark.change], at: new Date(mark.at).toISOString() };
}
