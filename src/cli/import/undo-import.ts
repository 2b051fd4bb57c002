import { invalidInput, MemoryError } from "../../errors.ts";
import type { Call, Reply } from "../commands/command.ts";
import { endProgress, showProgress } from "../terminal/write.ts";

/** Ids in the order in which they are gone through: with the users' nearly everything is gone already. */
const OWNER_TYPES = ["user", "agent", "app", "run"] as const;

/** Deletes what one import brought, all of it, so that it can be restored. What was stored before stays as it is. */
export async function undoImport(call: Call, batch: string): Promise<Reply> {
  if (!/^[\w-]{1,60}$/u.test(batch)) throw invalidInput("--undo expects the batch that an import told at its end.");
  const store = await call.store();
  const owners = await store.owners();
  let count = 0;
  let looked = 0;
  for (const type of OWNER_TYPES) {
    for (const { id } of owners.filter((owner) => owner["type"] === type)) {
      count += (await store.deleteWhere({ AND: [{ [`${type}_id`]: id }, { import_batch: batch }] })).count;
      looked += 1;
      showProgress(`${looked} of ${owners.length} owners, ${count} memories deleted`);
    }
  }
  endProgress();
  if (count === 0)
    throw new MemoryError("not_found", `Nothing of an import ${batch} is stored: it was taken back, or never ran.`);
  return {
    data: { batch, deleted: count },
    count,
    lines: () => [`${count} memories of the import ${batch} deleted. recollect restore <id> brings one back.`],
  };
}
