import { invalidInput } from "../../errors.ts";
import { describeHits, tableOfMemories } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";
import { foundReply } from "./found-reply.ts";
import { readStandardInput } from "./input.ts";
import { fieldsOption, given, numberOption, pickFields, READ_OPTIONS, readRequest, WHERE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["search <query> [options]"],
  summary: "find the memories that answer a query, best first",
  about: "Without an id yours are searched: the user is your user name on this machine.",
  options: [
    { name: "top-k", short: "k", value: "<n>", help: "most memories (default 10)" },
    { name: "threshold", value: "<0..1>", help: "least score (default 0.1)" },
    { name: "rerank", help: "let the configured reranker order them anew" },
    { name: "explain", help: "with --json: where each score comes from" },
    { name: "reference-date", value: "<date>", help: 'what "yesterday" counts from' },
    { name: "fields", value: "<a,b>", help: "only these fields" },
    { name: "keyword", help: "taken and not needed: words always count", isHidden: true },
    ...READ_OPTIONS,
    ...WHERE_OPTIONS,
  ],
  examples: [
    "recollect search tabs",
    'recollect search "where does Hana live" --user-id hana --top-k 3',
    "recollect search deadline --after 2026-01-01 --category work --json",
    'recollect search "where did I live" --as-of 2024-06-01',
    'recollect search tabs --filter \'{"OR":[{"team":"blue"},{"team":"red"}]}\' -o table',
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const query = call.positionals.join(" ") || (await readStandardInput())?.trim() || "";
  if (query === "") throw invalidInput('"recollect search" expects a query.');
  const { owner, options } = readRequest(call);
  const fields = fieldsOption(call);
  const store = await call.store();
  const { results, warnings } = await store.search(query, {
    ...options,
    topK: numberOption(call, "top-k") ?? 10,
    ...given("threshold", numberOption(call, "threshold")),
    ...given("rerank", call.has("rerank") ? true : undefined),
    ...given("explain", call.has("explain") ? true : undefined),
    ...given("referenceDate", call.text("reference-date")),
  });
  return foundReply({
    data: results.map((hit) => pickFields(hit, fields)),
    count: results.length,
    scope: owner,
    warnings,
    lines: (form) =>
      form === "table" || fields !== undefined ? tableOfMemories(results, fields) : describeHits(results),
  });
}
