import type { Row } from "../store/store.ts";
import { columns } from "../terminal/columns.ts";
import { moment, plain } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import type { Call, Command, Reply } from "./command.ts";
import { given, numberOption, PLACE_OPTIONS, refusePositionals } from "./options.ts";

export const command: Command = {
  usage: ["batches [options]"],
  summary: "what was done together and can be taken back",
  about: "Imports, revoked sources, answers to a review and dreams of everybody in the file, newest first.",
  options: [
    { name: "limit", short: "n", value: "<n>", help: "of a page, at most 1000 (default 100)" },
    { name: "cursor", value: "<next>", help: "the page after: next of the one before" },
    ...PLACE_OPTIONS,
  ],
  examples: ["recollect batches", "recollect batches --limit 5 --json"],
  run,
};

async function run(call: Call): Promise<Reply> {
  refusePositionals(call);
  const found = await (
    await call.store()
  ).batches({ ...given("limit", numberOption(call, "limit")), ...given("cursor", call.text("cursor")) });
  const results = found["results"] as readonly Row[];
  return {
    data: found,
    count: results.length,
    status: results.length === 0 ? 3 : 0,
    lines: () =>
      results.length === 0
        ? ["Nothing found."]
        : [
            ...columns(
              ["ID", "WHEN", "WHAT", "MEMORIES", "TAKEN BACK"],
              results.map((batch) => [
                plain(batch["id"]),
                moment(batch["at"]),
                plain(batch["kind"]),
                plain(batch["memories"]),
                plain(batch["undone"]),
              ]),
            ),
            ...(typeof found["next"] === "string" ? [paint("dim", `There is more: --cursor ${found["next"]}`)] : []),
          ],
  };
}
