import type { Row } from "../store/store.ts";
import { moment, plain } from "../terminal/describe-memory.ts";
import { columns } from "../terminal/columns.ts";
import type { Call, Command, Reply } from "./command.ts";
import { oneId, PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["history <id> [options]"],
  summary: "show every change of a memory, newest first",
  options: PLACE_OPTIONS,
  examples: ["recollect history 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const rows = await (await call.store()).history(oneId(call));
  return {
    data: rows,
    count: rows.length,
    status: rows.length === 0 ? 3 : 0,
    lines: () =>
      rows.length === 0
        ? ["Nothing found."]
        : columns(
            ["VERSION", "WHEN", "WHAT", "BY", "WHY", "TEXT"],
            rows.map((row) => [
              plain(row["version"]),
              moment(row["created_at"]),
              plain(row["action"]),
              plain(row["actor"]),
              plain(row["reason"]),
              textOf(row),
            ]),
          ),
  };
}

function textOf(row: Row): string {
  return plain(row["new_memory"]) || (row["old_memory"] === null ? "" : `was: ${plain(row["old_memory"])}`);
}
