import { invalidInput } from "../../errors.ts";
import { day, plain } from "../terminal/describe-memory.ts";
import { columns } from "../terminal/columns.ts";
import type { Call, Command, Reply } from "./command.ts";
import { foundReply } from "./found-reply.ts";
import { command as deleteCommand } from "./delete.ts";
import { ownerOf, PLACE_OPTIONS, SCOPE_OPTIONS } from "./options.ts";

const TYPES = ["users", "agents", "apps", "runs"];

export const command: Command = {
  usage: [
    "entities [options]",
    "entities users|agents|apps|runs [options]",
    "entity list <type>",
    "entity delete --user-id <id>",
  ],
  summary: "show the named things in your memories, or who has memories",
  about: '"entity list" and "entity delete" are Mem0\'s words for the same.',
  options: [
    { name: "dry-run", help: "with delete: say what would go, and delete nothing" },
    { name: "force", help: "with delete: do not ask" },
    ...SCOPE_OPTIONS,
    ...PLACE_OPTIONS,
  ],
  examples: ["recollect entities", "recollect entities users", "recollect entity delete --user-id hana --dry-run"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [verb, ...rest] = call.positionals[0] === "list" ? call.positionals.slice(1) : call.positionals;
  if (verb === "delete")
    return deleteCommand.run({
      ...call,
      settings: call.settings,
      positionals: rest,
      has: (name) => name === "all" || call.has(name),
    });
  if (verb === undefined && call.positionals.length === 0) return named(call);
  if (verb === undefined || !TYPES.includes(verb) || rest.length > 0)
    throw invalidInput(`"recollect entities" expects one of ${TYPES.join(", ")}, or nothing.`);
  const owners = (await (await call.store()).owners()).filter(({ type }) => `${String(type)}s` === verb);
  return foundReply({
    data: owners,
    count: owners.length,
    lines: () =>
      columns(
        ["MEMORIES", "SINCE", "CHANGED", "ID"],
        owners.map((owner) => [
          plain(owner["total_memories"]),
          day(owner["created_at"]),
          day(owner["updated_at"]),
          plain(owner["id"]),
        ]),
      ),
  });
}

async function named(call: Call): Promise<Reply> {
  const owner = ownerOf(call);
  const found = await (await call.store()).entities(owner.userId);
  return foundReply({
    data: found,
    count: found.length,
    scope: owner,
    lines: () =>
      columns(
        ["MENTIONS", "TYPE", "LAST", "NAME"],
        found.map((entity) => [
          plain(entity["mentions"]),
          plain(entity["type"]),
          day(entity["updated_at"]),
          plain(entity["name"]),
        ]),
      ),
  });
}
