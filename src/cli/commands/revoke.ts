import { invalidInput } from "../../errors.ts";
import { filtersFor, namesOwner } from "../store/filters-for.ts";
import type { OwnerIds, Row } from "../store/store.ts";
import { plain } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import type { Call, Command, Reply } from "./command.ts";
import { confirm } from "./input.ts";
import { given, jsonOption, namedOwner, ownerOf, PLACE_OPTIONS, SCOPE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: [
    "revoke <message id>… [options]",
    "revoke --batch <id> [options]",
    "revoke --attachment <name> [options]",
    "revoke --run-id <id> [options]",
  ],
  summary: "remove all that came from one source",
  about:
    "The source is messages, what an import or a dream added, an attachment, or everything of the ids and the filter that are\nnamed. A fact that another source says as well stays. It asks first; recollect undo takes it back unless it was purged.",
  options: [
    { name: "batch", value: "<id>", help: "what an import or a dream added (recollect batches)" },
    { name: "attachment", value: "<name>", help: "messages that carry exactly this URL, file id or name" },
    { name: "filter", value: "<json>", help: "all that match, in AND with the ids (docs/filters.md)" },
    { name: "purge", help: "for good: nothing brings it back" },
    { name: "dry-run", help: "say what would go, and remove nothing" },
    { name: "force", help: "do not ask" },
    ...SCOPE_OPTIONS,
    ...PLACE_OPTIONS,
  ],
  examples: [
    "recollect revoke --run-id session-7 --dry-run",
    "recollect revoke --batch 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b",
    "recollect revoke --attachment offer.pdf --user-id hana --force",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const { source, owner } = sourceOf(call);
  const isPurge = call.has("purge");
  const store = await call.store();
  // What would go is part of the question, and a dry run only counts.
  const rehearsed = await store.revoke({ ...source, dryRun: true });
  const count = Number(rehearsed["count"] ?? 0);
  if (call.has("dry-run") || count === 0)
    return {
      data: { is_dry_run: call.has("dry-run"), ...rehearsed },
      count,
      scope: owner,
      status: count === 0 ? 3 : 0,
      lines: () => [count === 0 ? "Nothing found." : `${count} memories and messages would be removed. Nothing was.`],
    };
  const question = `This removes ${count} memories and messages from ${store.place}${isPurge ? " for good" : ""}.`;
  if (!(await confirm(call, question)))
    return { data: { is_dry_run: true }, count: 0, scope: owner, status: 1, lines: () => ["Nothing was removed."] };
  const answer = await store.revoke({ ...source, ...given("purge", isPurge ? true : undefined) });
  const batch = plain(answer["batch_id"]);
  return {
    data: { is_dry_run: false, ...answer },
    count: Number(answer["count"] ?? 0),
    scope: owner,
    lines: () => [
      `${plain(answer["count"])} memories and messages removed${isPurge ? " for good" : ""}.`,
      ...(batch === "" ? [] : [paint("dim", `recollect undo ${batch} takes it back.`)]),
    ],
  };
}

/** @throws MemoryError `invalid_input` where no source, or more than one, is named. */
function sourceOf(call: Call): { source: Row; owner?: OwnerIds } {
  const [batchId, attachment, filter] = [call.text("batch"), call.text("attachment"), jsonOption(call, "filter")];
  const messageIds = call.positionals;
  const named = namedOwner(call);
  const isScoped = Object.keys(named).length > 0 || filter !== undefined;
  if ([messageIds.length > 0, batchId !== undefined, attachment !== undefined].filter(Boolean).length > 1)
    throw invalidInput("Give one source: ids of messages, --batch, or --attachment.");
  if (messageIds.length > 0 || batchId !== undefined) {
    if (isScoped)
      throw invalidInput("Messages and batches are named by their ids: leave ids of whom and --filter out.");
    return { source: batchId === undefined ? { messageIds } : { batchId } };
  }
  if (attachment === undefined && Object.keys(named).length === 0 && (filter === undefined || !namesOwner(filter)))
    throw invalidInput(
      '"recollect revoke" expects ids of messages, --batch, --attachment, or whose: --user-id, --agent-id, --app-id or --run-id.',
    );
  const owner = attachment !== undefined && (filter === undefined || !namesOwner(filter)) ? ownerOf(call) : named;
  return {
    source: {
      ...given("attachment", attachment),
      filters: filtersFor(owner, filter === undefined ? [] : [filter]),
    },
    owner,
  };
}
