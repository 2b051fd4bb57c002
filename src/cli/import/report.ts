import type { ImportRun } from "./plan-import.ts";

const SHOWN = 20;

/** What a source holds, in lines for people. */
export function describeRun({ counts, notes }: ImportRun): string[] {
  const { memories, users, versions, masked, kinds, states } = counts;
  const isPlain = kinds.size <= 1 && [...states.keys()].every((state) => state === "active");
  return [
    `Memories: ${memories} of ${users.size} users, ${versions} versions`,
    ...(isPlain ? [] : [`  ${listCounts(kinds)}; ${listCounts(states)}`]),
    ...(masked === 0 ? [] : [`Secrets masked: ${masked}`]),
    ...notes.map((note) => `Note: ${note}`),
  ];
}

/** What cannot be stored, each with its reason. */
export function describeSkipped({ skipped }: ImportRun, showsAll: boolean): string[] {
  const reasons = new Map<string, number>();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return [
    `Skipped: ${skipped.length}`,
    ...Array.from(reasons, ([reason, count]) => `  ${count} × ${reason}`),
    ...(showsAll ? skipped : skipped.slice(0, SHOWN)).map(({ row, reason }) => `  ${row}: ${reason}`),
    ...(showsAll || skipped.length <= SHOWN ? [] : [`  … and ${skipped.length - SHOWN} more (--all-skipped)`]),
  ];
}

function listCounts(counts: ReadonlyMap<string, number>): string {
  return Array.from(counts, ([name, count]) => `${count} ${name}`).join(", ");
}
