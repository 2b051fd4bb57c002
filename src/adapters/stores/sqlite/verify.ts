import type { Problem, VerifyOptions } from "../../../ports/memory-store.ts";
import { findBrokenCheckpoints } from "./checkpoints.ts";
import { noDamage } from "./damage.ts";
import { ProblemReport } from "./problem-report.ts";
import { quickCheck } from "./quick-check.ts";
import { repair } from "./repair.ts";
import type { Write } from "./repair.ts";
import type { Snapshot } from "./snapshot.ts";
import { checkRecords } from "./verify-records.ts";
import type { Check } from "./verify-records.ts";
import { checkTextIndex } from "./verify-text-index.ts";
import { checkVectors } from "./verify-vectors.ts";

export interface VerifyAccess {
  readonly path: string;
  /** A new view of the store as it is now. */
  readonly snapshot: () => Promise<Snapshot>;
  readonly write: Write;
  readonly activeSpace: { readonly key: string; readonly number: number } | null;
}

/** Checks the records against everything that is kept beside them. With `repair`, checks again after it. */
export async function verifyStore(access: VerifyAccess, options: VerifyOptions): Promise<Problem[]> {
  const first = await checkOnce(access, options);
  if (options.repair !== true || !first.report.hasRepairable) return first.report.problems();
  await repair(access.write, first.damage, options, Date.now());
  const second = await checkOnce(access, options);
  return first.report.problems(second.report);
}

async function checkOnce(access: VerifyAccess, options: VerifyOptions): Promise<Check> {
  const snapshot = await access.snapshot();
  const check: Check = { snapshot, report: new ProblemReport(), damage: noDamage(), options };
  try {
    for (const line of await quickCheck(access.path, snapshot.driver)) {
      check.report.add("file", line, { isRepairable: false });
    }
    await checkRecords(check);
    await checkCheckpoints(check);
    await checkTextIndex(check);
    await checkVectors(check, access.activeSpace);
  } finally {
    snapshot.close();
  }
  return check;
}

async function checkCheckpoints({ snapshot, report }: Check): Promise<void> {
  const steps = findBrokenCheckpoints(snapshot.driver);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) await snapshot.breathe();
  if (step.value.length > 0) {
    report.add("history", "rows were changed, removed or slipped in since a checkpoint", {
      isRepairable: false,
      count: step.value.length,
    });
  }
}
