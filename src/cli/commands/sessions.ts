import { filterOf, projectScope } from "../agents/project-scope.ts";
import { invalidInput } from "../../errors.ts";
import type { Row, Store } from "../store/store.ts";
import { columns } from "../terminal/columns.ts";
import { describeHits, moment, plain } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import { withoutControls } from "../terminal/text-width.ts";
import type { Call, Command, Reply } from "./command.ts";
import { numberOption, PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["sessions [options]", "sessions <id> [options]", "sessions --query <text> [options]"],
  summary: "an agent's sessions: the list, one in full, or those that say something",
  about: "Of the project of this folder, newest first. An id opens a session: every turn with its time.",
  options: [
    { name: "query", short: "q", value: "<text>", help: "turns that are about it, with the session of each" },
    {
      name: "limit",
      short: "n",
      value: "<n>",
      help: "most sessions or turns (default 20; all turns of an opened session)",
    },
    { name: "all", help: "of every project" },
    { name: "project", value: "<name>", help: "of this project: a name, a git address, a folder" },
    { name: "user", short: "u", value: "<id>", help: "whose (default: yours)" },
    ...PLACE_OPTIONS,
  ],
  examples: [
    "recollect sessions",
    "recollect sessions 5f0c7a3e-1b2d-4c3e",
    'recollect sessions --query "voucher code"',
  ],
  run,
};

const PAGE = 200;
/** Messages that the list is made of: the last sessions, of which there are some dozens. */
const MESSAGES_READ = 4_000;

async function run(call: Call): Promise<Reply> {
  const [id] = call.positionals;
  if (call.positionals.length > 1) throw invalidInput('"recollect sessions" expects one id, or none.');
  const query = call.text("query");
  if (id !== undefined && query !== undefined) throw invalidInput("Give an id or --query, not both.");
  const { owner } = projectScope({ user: call.text("user"), project: call.text("project"), settings: call.settings });
  const filters: Row =
    call.has("all") || id !== undefined
      ? { user_id: owner.userId }
      : { AND: [{ user_id: owner.userId }, { app_id: owner.appId }] };
  const store = await call.store();
  if (id !== undefined) return opened(store, { AND: [filters, { run_id: id }] }, numberOption(call, "limit"));
  if (query !== undefined)
    return found(store, query, {
      filters: call.has("all") ? filters : filterOf(owner),
      topK: numberOption(call, "limit") ?? 20,
    });
  return listed(store, filters, numberOption(call, "limit") ?? 20);
}

async function opened(store: Store, filters: Row, limit: number | undefined): Promise<Reply> {
  const turns = (await messagesOf(store, filters, limit ?? Number.POSITIVE_INFINITY)).toReversed();
  return {
    data: turns,
    count: turns.length,
    status: turns.length === 0 ? 3 : 0,
    lines: () =>
      turns.length === 0
        ? ["Nothing found."]
        : turns.flatMap((turn) => [
            paint(
              "dim",
              `${moment(turn["created_at"])}  ${plain(turn["name"]) || plain(turn["role"])}  ${plain(turn["id"])}`,
            ),
            withoutControls(plain(turn["memory"])),
            "",
          ]),
  };
}

async function found(store: Store, query: string, options: Row): Promise<Reply> {
  const { results, warnings } = await store.search(query, { ...options, kinds: ["message"] });
  return {
    data: results,
    count: results.length,
    warnings,
    status: results.length === 0 ? 3 : 0,
    lines: () =>
      results.length === 0
        ? ["Nothing found."]
        : results.flatMap((hit) => [...describeHits([hit]), paint("dim", `      session ${plain(hit["run_id"])}`)]),
  };
}

interface Session {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly turns: number;
  readonly edited: readonly string[];
  readonly branch: string;
  readonly agent: string;
  readonly begins: string;
}

async function listed(store: Store, filters: Row, limit: number): Promise<Reply> {
  const messages = await messagesOf(store, { AND: [filters, { run_id: { exists: true } }] }, MESSAGES_READ);
  const groups = Map.groupBy(messages, (message) => plain(message["run_id"]));
  const sessions = [...groups].slice(0, limit).map(([id, group]) => describe(id, group));
  return {
    data: sessions,
    count: sessions.length,
    ...(messages.length >= MESSAGES_READ
      ? { warnings: [`Only the newest ${MESSAGES_READ} turns were looked at.`] }
      : {}),
    status: sessions.length === 0 ? 3 : 0,
    lines: () =>
      sessions.length === 0
        ? ["Nothing found."]
        : columns(
            ["BEGUN", "TURNS", "FILES", "BRANCH", "SESSION", "BEGINS WITH"],
            sessions.map(({ from, turns, edited, branch, id, begins }) => [
              moment(from),
              String(turns),
              String(edited.length),
              branch,
              id,
              begins,
            ]),
          ),
  };
}

/** Messages come newest first. */
function describe(id: string, messages: readonly Row[]): Session {
  const [last] = messages;
  const first = messages.at(-1);
  const said = messages.filter((message) => message["role"] !== "tool");
  const { branch, agent } = (last?.["metadata"] ?? {}) as Readonly<Record<string, unknown>>;
  const edited = messages
    .filter((message) => message["role"] === "tool" && plain(message["memory"]).startsWith("Edited "))
    .flatMap((message) => plain(message["memory"]).slice("Edited ".length).split(", "));
  return {
    id,
    from: plain(first?.["created_at"]),
    to: plain(last?.["created_at"]),
    turns: said.length,
    edited: [...new Set(edited.toReversed())],
    branch: plain(branch),
    agent: plain(agent),
    begins: plain(said.findLast((message) => message["role"] === "user")?.["memory"]).slice(0, 200),
  };
}

async function messagesOf(store: Store, filters: Row, most: number): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (let page = 1; all.length < most; page += 1) {
    const { results } = await store.list({
      filters,
      kinds: ["message"],
      page,
      pageSize: Math.min(PAGE, most - all.length),
    });
    all.push(...results);
    if (results.length < PAGE) break;
  }
  return all;
}
