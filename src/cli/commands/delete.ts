import { invalidInput, MemoryError } from "../../errors.ts";
import type { OwnerIds, Row, Store } from "../store/store.ts";
import { textOf } from "../terminal/describe-memory.ts";
import { oneLine } from "../terminal/text-width.ts";
import type { Call, Command, Reply } from "./command.ts";
import { confirm } from "./input.ts";
import { namedOwner, PLACE_OPTIONS, SCOPE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["delete <id>… [options]", "delete --all --user-id <id> [options]"],
  summary: "delete memories; restore brings them back",
  about: "--all asks before it deletes, and needs an id of whom: the default user is not meant.",
  options: [
    { name: "all", help: "everything of the named user, agent, app or run" },
    { name: "entity", help: "the same, in Mem0's words", isHidden: true },
    { name: "project", help: "with --all: everybody's" },
    { name: "dry-run", help: "say what would go, and delete nothing" },
    { name: "force", help: "do not ask" },
    ...SCOPE_OPTIONS,
    ...PLACE_OPTIONS,
  ],
  examples: [
    "recollect delete 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b",
    "recollect delete --all --user-id hana --dry-run",
    "recollect delete --all --run-id session-7 --force",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const isDryRun = call.has("dry-run");
  const isAll = call.has("all") || call.has("entity");
  if (isAll) {
    if (call.positionals.length > 0) throw invalidInput("Give ids or --all, not both.");
    return deleteMany(call, isDryRun);
  }
  if (call.has("project")) throw invalidInput("--project goes with --all.");
  const ids = call.positionals;
  if (ids.length === 0) throw invalidInput('"recollect delete" expects an id, or --all with an id of whom.');
  const store = await call.store();
  // All are looked up first: a mistyped id deletes nothing.
  const found: Row[] = [];
  for (const id of ids) {
    const row = await store.get(id);
    if (row === null) throw new MemoryError("not_found", `There is no memory ${id}. Nothing was deleted.`);
    found.push(row);
  }
  if (!isDryRun) for (const row of found) await store.delete(String(row["id"]));
  const verb = isDryRun ? "would delete" : "deleted";
  return {
    data: { is_dry_run: isDryRun, ids: found.map((row) => row["id"]) },
    count: found.length,
    lines: () => found.map((row) => `${verb}  ${String(row["id"])}  ${oneLine(textOf(row))}`),
  };
}

async function deleteMany(call: Call, isDryRun: boolean): Promise<Reply> {
  const owner = namedOwner(call);
  const isProject = call.has("project");
  if (isProject && Object.keys(owner).length > 0) throw invalidInput("--project means everybody: leave the ids out.");
  if (!isProject && Object.keys(owner).length === 0)
    throw invalidInput(
      "--all needs whose: --user-id, --agent-id, --app-id or --run-id (or --project for everybody's).",
    );
  const store = await call.store();
  const owners = isProject ? await everybody(store) : [owner];
  // On a terminal the number is part of the question, and a dry run only counts.
  let wouldGo = 0;
  for (const each of owners) wouldGo += (await store.deleteAll({ owner: each, isDryRun: true })).count;
  const whose = isProject ? "everybody" : Object.values(owner).join(", ");
  if (
    !isDryRun &&
    !(await confirm(call, `This deletes ${wouldGo} memories and messages of ${whose} in ${store.place}.`))
  )
    return { data: { is_dry_run: true }, count: 0, scope: owner, status: 1, lines: () => ["Nothing was deleted."] };
  let count = 0;
  if (!isDryRun) for (const each of owners) count += (await store.deleteAll({ owner: each, isDryRun: false })).count;
  const shown = isDryRun ? wouldGo : count;
  return {
    data: { is_dry_run: isDryRun },
    count: shown,
    scope: owner,
    lines: () => [
      isDryRun
        ? `${shown} memories and messages would be deleted. Nothing was.`
        : `${shown} memories and messages deleted.`,
    ],
  };
}

/** Users first; then what agents, apps and runs have without a user. */
async function everybody(store: Store): Promise<readonly OwnerIds[]> {
  return (await store.owners()).map(({ type, id }) => ({ [`${String(type)}Id`]: String(id) }));
}
