import { invalidInput } from "../../errors.ts";
import type { Call, Command, Reply } from "./command.ts";
import { confirm } from "./input.ts";
import { namedOwner, PLACE_OPTIONS, SCOPE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["purge <id>… [options]", "purge --all --user-id <id> [options]"],
  summary: "remove memories for good: no byte of their text stays in the file",
  about: "It asks before it does so. Nothing brings them back.",
  options: [
    { name: "all", help: "everything of the named user, agent, app or run" },
    { name: "with-sources", help: "the messages that they rest on too" },
    { name: "dry-run", help: "say what would go, and purge nothing" },
    { name: "force", help: "do not ask" },
    ...SCOPE_OPTIONS,
    ...PLACE_OPTIONS,
  ],
  examples: [
    "recollect purge 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b --with-sources",
    "recollect purge --all --user-id hana --dry-run",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const owner = namedOwner(call);
  const isAll = call.has("all");
  const ids = call.positionals;
  if (isAll === ids.length > 0) throw invalidInput('"recollect purge" expects ids, or --all with an id of whom.');
  if (isAll && Object.keys(owner).length === 0)
    throw invalidInput("--all needs whose: --user-id, --agent-id, --app-id or --run-id.");
  const store = await call.store();
  if (call.has("dry-run")) {
    const count = isAll ? (await store.deleteAll({ owner, isDryRun: true })).count : ids.length;
    const unknown: string[] = [];
    for (const id of ids) if ((await store.get(id)) === null) unknown.push(id);
    return {
      data: { is_dry_run: true, unknown },
      count: count - unknown.length,
      scope: owner,
      lines: () => [
        `${count - unknown.length} would be removed for good. Nothing was.`,
        ...unknown.map((id) => `not served: ${id}`),
      ],
    };
  }
  const what = isAll ? `everything of ${Object.values(owner).join(", ")}` : `${ids.length} memories`;
  if (!(await confirm(call, `This removes ${what} from ${store.place} for good.`)))
    return { data: null, count: 0, status: 1, lines: () => ["Nothing was purged."] };
  const receipt = await store.purge(isAll ? owner : ids, { withSources: call.has("with-sources") });
  const remaining = Array.isArray(receipt["remaining_sources"]) ? receipt["remaining_sources"].length : 0;
  return {
    data: receipt,
    count: Number(receipt["memories"] ?? 0),
    scope: owner,
    lines: () => [
      `${String(receipt["memories"] ?? 0)} removed for good.`,
      ...(remaining === 0 ? [] : [`${remaining} messages still hold words of them; --with-sources removes these too.`]),
    ],
  };
}
