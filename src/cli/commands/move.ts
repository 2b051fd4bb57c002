import { findProject } from "../agents/project-identity.ts";
import { invalidInput } from "../../errors.ts";
import { plain } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import { oneLine } from "../terminal/text-width.ts";
import type { Row, Store } from "../store/store.ts";
import type { Call, Command, Reply } from "./command.ts";
import { PLACE_OPTIONS, readRequest, SCOPE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["move <id>… --to-project <name> [options]", "move --filter <json> --to-user [options]"],
  summary: "file memories under another project, or under none, with their history",
  about:
    "What they replaced goes along, and so do the messages that they alone rest on; others are shared. The ids stay. It is\ntaken back by moving them back.",
  options: [
    { name: "to-project", value: "<name>", help: "a project's id, git address or folder; . is this one" },
    { name: "to-user", help: "to no project: yours everywhere" },
    { name: "to-agent-id", value: "<id>", help: "to this agent; none: to no agent" },
    { name: "to-run-id", value: "<id>", help: "to this run; none: to no run" },
    { name: "filter", value: "<json>", help: "all that match, in AND with the ids (docs/filters.md), in place of ids" },
    { name: "dry-run", help: "say what would be moved, and move nothing" },
    ...SCOPE_OPTIONS,
    ...PLACE_OPTIONS,
  ],
  examples: [
    "recollect move 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b --to-project .",
    "recollect move 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b --to-user",
    'recollect move --app-id shop --filter \'{"categories":{"contains":"user_preferences"}}\' --to-user --dry-run',
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const to = targetOf(call);
  const hasFilter = call.text("filter") !== undefined;
  if (hasFilter === call.positionals.length > 0) throw invalidInput('"recollect move" expects ids, or --filter.');
  const store = await call.store();
  const rows = hasFilter ? await listAll(store, call) : await getAll(store, call.positionals);
  if (rows.length === 0) return { data: { moved: [] }, count: 0, status: 3, lines: () => ["Nothing found."] };
  const texts = new Map(rows.map((row) => [plain(row["id"]), oneLine(plain(row["memory"]))]));
  if (call.has("dry-run"))
    return {
      data: { is_dry_run: true, ids: [...texts.keys()], to },
      count: texts.size,
      lines: () => [...texts.values(), paint("dim", `${texts.size} would be moved. Nothing was.`)],
    };
  const answer = await store.move([...texts.keys()], to);
  const [moved, messages, shared] = ["moved", "messages", "shared"].map(
    (name) => (answer[name] ?? []) as readonly Row[],
  );
  return {
    data: answer,
    count: moved?.length ?? 0,
    lines: () => [
      ...(moved ?? []).map((row) => {
        const id = plain(row["id"]);
        return `${paint("green", "moved")}  ${texts.get(id) ?? `${id}, which one of them replaced`}`;
      }),
      paint(
        "dim",
        `${moved?.length ?? 0} moved with ${messages?.length ?? 0} messages; ${shared?.length ?? 0} messages are evidence elsewhere too and stay`,
      ),
    ],
  };
}

function targetOf(call: Call): Row {
  const project = call.text("to-project");
  if (project !== undefined && call.has("to-user")) throw invalidInput("Give --to-project or --to-user, not both.");
  const to: Record<string, string | null> = {};
  if (call.has("to-user")) to["appId"] = null;
  if (project !== undefined)
    to["appId"] = project === "." ? findProject(process.cwd()).id : findProject(process.cwd(), project).id;
  for (const [option, key] of [
    ["to-agent-id", "agentId"],
    ["to-run-id", "runId"],
  ] as const) {
    const value = call.text(option);
    if (value !== undefined) to[key] = value === "none" ? null : value;
  }
  if (Object.keys(to).length === 0)
    throw invalidInput('"recollect move" expects where to: --to-project, --to-user, --to-agent-id or --to-run-id.');
  return to;
}

async function getAll(store: Store, ids: readonly string[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  // One that is unknown is told by move itself, before anything is moved.
  for (const id of ids) rows.push((await store.get(id)) ?? { id, memory: id });
  return rows;
}

const PAGE = 500;

async function listAll(store: Store, call: Call): Promise<readonly Row[]> {
  const { options } = readRequest(call);
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const { results } = await store.list({ ...options, page, pageSize: PAGE });
    rows.push(...results);
    if (results.length < PAGE) return rows;
  }
}
