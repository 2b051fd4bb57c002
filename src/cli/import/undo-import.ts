import { invalidInput } from "../../errors.ts";
import type { Call, Reply } from "../commands/command.ts";

/** Deletes what one import brought, all of it, so that it can be restored. What was stored before stays as it is. */
export async function undoImport(call: Call, batch: string): Promise<Reply> {
  if (!/^[\w-]{1,60}$/u.test(batch)) throw invalidInput("--undo expects the batch that an import told at its end.");
  const store = await call.store();
  const answer = await store.undo(batch);
  const [count = 0, kept = 0] = ["undone", "kept"].map((name) => (answer[name] as readonly unknown[]).length);
  return {
    data: { batch, deleted: count, kept },
    count,
    status: count === 0 ? 3 : 0,
    lines: () => [
      `${count} memories of the import ${batch} deleted. recollect restore <id> brings one back${store.kind === "file" ? ", importing again all" : ""}.`,
      ...(kept === 0 ? [] : [`${kept} were changed or deleted since, and stay as they are.`]),
    ],
  };
}
