import { describeHits, tableOfMemories } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import type { Call, Command, Reply } from "./command.ts";
import { fieldsOption, numberOption, pickFields, READ_OPTIONS, readRequest, WHERE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["list [options]"],
  summary: "show memories, newest said first",
  options: [
    { name: "page", value: "<n>", help: "from 1 (default 1)" },
    { name: "page-size", value: "<n>", help: "default 100" },
    { name: "fields", value: "<a,b>", help: "only these fields" },
    ...READ_OPTIONS,
    ...WHERE_OPTIONS,
  ],
  examples: [
    "recollect list",
    "recollect list --user-id hana --page-size 20 --page 2",
    "recollect list --kind message --after 2026-01-01",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const { owner, options } = readRequest(call);
  const fields = fieldsOption(call);
  const page = numberOption(call, "page") ?? 1;
  const pageSize = numberOption(call, "page-size") ?? 100;
  const { results, total, warnings } = await (await call.store()).list({ ...options, page, pageSize });
  return {
    data: results.map((row) => pickFields(row, fields)),
    count: total,
    scope: owner,
    warnings,
    status: results.length === 0 ? 3 : 0,
    lines: (form) => {
      if (results.length === 0) return [total === 0 ? "Nothing found." : `Page ${page} is empty; there are ${total}.`];
      const first = (page - 1) * pageSize + 1;
      return [
        ...(form === "text" && fields === undefined && process.stdout.isTTY && (process.stdout.columns ?? 80) < 90
          ? describeHits(results)
          : tableOfMemories(results, fields)),
        ...(results.length < total ? [paint("dim", `${first} to ${first + results.length - 1} of ${total}`)] : []),
      ];
    },
  };
}
