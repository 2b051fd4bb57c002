import { invalidInput } from "../../errors.ts";
import { day, plain } from "../terminal/describe-memory.ts";
import { columns } from "../terminal/columns.ts";
import type { Row } from "../store/store.ts";
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
    { name: "mentions", value: "<name>", help: "where memories name this thing, with the places in their texts" },
    { name: "dry-run", help: "with delete: say what would go, and delete nothing" },
    { name: "force", help: "with delete: do not ask" },
    ...SCOPE_OPTIONS,
    ...PLACE_OPTIONS,
  ],
  examples: [
    "recollect entities",
    "recollect entities --mentions Anna",
    "recollect entities users",
    "recollect entity delete --user-id hana --dry-run",
  ],
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

async function mentioned(call: Call, name: string): Promise<Reply> {
  const owner = ownerOf(call);
  const found = await (await call.store()).mentions(owner, name);
  const mentions = found["results"] as readonly Row[];
  return foundReply({
    data: found,
    count: mentions.length,
    scope: owner,
    lines: () =>
      columns(
        ["SAID", "AS", "MEMORY", "TEXT"],
        mentions.map((mention) => [
          day(mention["said_at"]),
          (mention["spans"] as readonly Row[]).map(({ text }) => plain(text)).join(", "),
          plain(mention["memory_id"]),
          plain(mention["memory"]),
        ]),
      ),
  });
}

async function named(call: Call): Promise<Reply> {
  const name = call.text("mentions");
  if (name !== undefined) return mentioned(call, name);
  const owner = ownerOf(call);
  const found = await (await call.store()).entities(owner);
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
