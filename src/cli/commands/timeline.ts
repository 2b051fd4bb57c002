import type { Row } from "../store/store.ts";
import { day, plain } from "../terminal/describe-memory.ts";
import { columns } from "../terminal/columns.ts";
import { paint } from "../terminal/paint.ts";
import type { Call, Command, Reply } from "./command.ts";
import { foundReply } from "./found-reply.ts";
import { given, numberOption, readOptionsNamed, readRequest, WHERE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["timeline [topic] [options]"],
  summary: "what happened, in the order of the events",
  about:
    "Without a topic: everything of the scope. FROM ends with ? where nobody said when: then it is when it was said.",
  options: [
    { name: "from", value: "<date>", help: "true at some moment from then on" },
    { name: "to", value: "<date>", help: "and until then; a day is part of it" },
    { name: "changes-only", help: "only what began or ended in between" },
    { name: "order", value: "<order>", help: "ascending or descending (default ascending)" },
    { name: "limit", short: "n", value: "<n>", help: "entries of a page, at most 1000 (default 50)" },
    { name: "cursor", value: "<next>", help: "the page after: next of the one before" },
    { name: "threshold", value: "<n>", help: "least score of what fits the topic, 0 to 1 (default 0.1)" },
    ...readOptionsNamed("filter", "category", "as-of", "known-at", "show-expired", "latest-only"),
    ...WHERE_OPTIONS,
  ],
  examples: [
    "recollect timeline",
    'recollect timeline "where I lived" --from 2024-01-01',
    "recollect timeline --from 2026-01-01 --to 2026-01-31 --changes-only --json",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const topic = call.positionals.join(" ").trim() || null;
  const { owner, options } = readRequest(call);
  const found = await (
    await call.store()
  ).timeline(topic, {
    ...options,
    ...given("from", call.text("from")),
    ...given("to", call.text("to")),
    ...given("changesOnly", call.has("changes-only") ? true : undefined),
    ...given("order", call.text("order")),
    ...given("limit", numberOption(call, "limit")),
    ...given("cursor", call.text("cursor")),
    ...given("threshold", numberOption(call, "threshold")),
  });
  const { results, next, warnings } = found as { results: readonly Row[]; next: unknown; warnings: readonly string[] };
  return foundReply({
    data: { results, next },
    count: results.length,
    scope: owner,
    warnings,
    lines: () => [
      ...columns(
        ["FROM", "TO", "WHAT", "ID"],
        results.map((entry) => [
          `${day(entry["from"])}${entry["basis"] === "stated" ? "" : "?"}`,
          day(entry["to"]),
          plain(entry["text"]),
          plain(entry["memory_id"]),
        ]),
      ),
      ...(typeof next === "string" ? [paint("dim", `There is more: --cursor ${next}`)] : []),
    ],
  });
}
