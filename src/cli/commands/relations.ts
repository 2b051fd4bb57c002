import { invalidInput } from "../../errors.ts";
import type { Row } from "../store/store.ts";
import { columns } from "../terminal/columns.ts";
import { day, plain } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";
import { foundReply } from "./found-reply.ts";
import { given, numberOption, ownerOf, readOptionsNamed, refusePositionals, WHERE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["relations [options]"],
  summary: "what your memories say about two named things",
  about: "Listed is what holds now: docs/graph.md. Of an agent, an app or a run without a user: everybody's.",
  options: [
    { name: "entity", value: "<name>", help: "at either end: a name, another name of the same, or an id" },
    { name: "subject", value: "<name>", help: "whose relation it is" },
    { name: "object", value: "<name>", help: "to whom or what" },
    { name: "predicate", value: "<a,b>", help: "such as lives_in, sister" },
    { name: "include-ended", help: "what held once too" },
    { name: "limit", short: "n", value: "<n>", help: "most of them (default 100)" },
    ...readOptionsNamed("as-of", "known-at"),
    ...WHERE_OPTIONS,
  ],
  examples: [
    "recollect relations",
    'recollect relations --entity "my sister" --as-of 2025-01-31',
    "recollect relations --predicate lives_in,works_at --include-ended --json",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  refusePositionals(call);
  const owner = ownerOf(call);
  const limit = numberOption(call, "limit") ?? 100;
  if (!Number.isInteger(limit) || limit < 1) throw invalidInput(`--limit expects a whole number from 1, got ${limit}.`);
  const predicate = call
    .text("predicate")
    ?.split(",")
    .map((each) => each.trim());
  const found: Row[] = [];
  const store = await call.store();
  for await (const relation of store.relations(owner, {
    ...given("entity", call.text("entity")),
    ...given("subject", call.text("subject")),
    ...given("object", call.text("object")),
    ...given("predicate", predicate),
    ...given("asOf", call.text("as-of")),
    ...given("knownAt", call.text("known-at")),
    ...given("includeEnded", call.has("include-ended") ? true : undefined),
  })) {
    found.push(relation);
    if (found.length === limit) break;
  }
  return foundReply({
    data: found,
    count: found.length,
    scope: owner,
    lines: () =>
      columns(
        ["SUBJECT", "PREDICATE", "OBJECT", "FROM", "TO", "MEMORY"],
        found.map((relation) => [
          nameOf(relation["subject"]),
          plain(relation["predicate"]),
          nameOf(relation["object"]),
          day(relation["valid_from"]),
          day(relation["valid_to"]),
          plain(relation["memory_id"]),
        ]),
      ),
  });
}

function nameOf(entity: unknown): string {
  return plain((entity as Row)["name"]);
}
