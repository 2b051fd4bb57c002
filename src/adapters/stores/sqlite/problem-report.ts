import type { Problem } from "../../../ports/memory-store.ts";

/** Memory ids named per kind of problem. */
const EXAMPLES = 10;

interface Entry {
  readonly where: string;
  readonly what: string;
  readonly isRepairable: boolean;
  count: number;
  readonly memoryIds: Set<string>;
}

/** Gathers what a check finds, grouped by kind. */
export class ProblemReport {
  readonly #entries = new Map<string, Entry>();

  add(where: string, what: string, details: { memoryId?: string; isRepairable: boolean; count?: number }): void {
    const key = `${where}: ${what}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { where, what, isRepairable: details.isRepairable, count: 0, memoryIds: new Set() };
      this.#entries.set(key, entry);
    }
    entry.count += details.count ?? 1;
    if (details.memoryId !== undefined && entry.memoryIds.size < EXAMPLES) entry.memoryIds.add(details.memoryId);
  }

  get hasRepairable(): boolean {
    return [...this.#entries.values()].some(({ isRepairable }) => isRepairable);
  }

  /** `after`: what was found once more after a repair. */
  problems(after?: ProblemReport): Problem[] {
    const found = (report: ProblemReport): [string, Entry][] => [...report.#entries];
    const repaired = found(this).map(([key, entry]) => ({
      entry,
      isRepaired: after !== undefined && !after.#entries.has(key),
    }));
    const added =
      after === undefined
        ? []
        : found(after).flatMap(([key, entry]) => (this.#entries.has(key) ? [] : [{ entry, isRepaired: false }]));
    return [...repaired, ...added].map(({ entry, isRepaired }) => ({
      where: entry.where,
      what: entry.what,
      count: entry.count,
      isRepairable: entry.isRepairable,
      memoryIds: [...entry.memoryIds],
      isRepaired,
    }));
  }
}
