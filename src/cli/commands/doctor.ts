import { readFailures } from "../agents/capture-failures.ts";
import { readQueue } from "../agents/capture-queue.ts";
import { existsSync, statSync } from "node:fs";
import { toSnakeCase } from "../../client/change-case.ts";
import { MemoryError } from "../../errors.ts";
import { readBlocks } from "../block/block-state.ts";
import { VERSION } from "../../mcp/version.ts";
import { configPath } from "../store/cli-settings.ts";
import type { Row } from "../store/store.ts";
import { pairs } from "../terminal/columns.ts";
import { plain } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import { readRecord } from "../wiring/change-record.ts";
import { readText } from "../wiring/write-file.ts";
import type { Call, Command, Reply } from "./command.ts";
import { PLACE_OPTIONS } from "./options.ts";
import { formatBytes, jobsOf, modelOf } from "./stats.ts";

export const command: Command = {
  usage: ["doctor [options]"],
  summary: "say in one page where memories are kept and whether all is well",
  about: "The exit status is 1 when something is wrong. It writes nothing, and creates no file.",
  options: PLACE_OPTIONS,
  examples: ["recollect doctor", "recollect doctor --db ./project/.recollect --json"],
  run,
};

interface Finding {
  readonly place: string;
  readonly kind: "file" | "server";
  readonly exists: boolean;
  readonly stats: Row | null;
  readonly problems: readonly string[];
}

async function run(call: Call): Promise<Reply> {
  const finding = await examine(call);
  const hosts = outboundHosts(call, finding);
  const { agents, blocks } = wiringOf(call);
  const sqlite = process.versions["sqlite"] ?? "";
  const { kind, place, stats, problems } = finding;
  return {
    data: {
      kind,
      place,
      origin: call.file.origin,
      exists: finding.exists,
      is_healthy: problems.length === 0,
      problems,
      stats: stats === null ? null : toSnakeCase(stats),
      agents,
      blocks,
      sessions: { waiting: readQueue().length, not_kept: readFailures() },
      outbound_hosts: hosts,
      settings: kind === "file" ? configPath(call.file.folder) : null,
      versions: { recollect: VERSION, node: process.versions.node, sqlite },
    },
    status: problems.length === 0 ? 0 : 1,
    lines: () => [
      ...pairs([
        [kind, `${place}${kind === "file" ? ` (${ORIGINS[call.file.origin]})` : ""}`],
        ...(stats === null
          ? finding.exists
            ? []
            : [["size", "not there yet: the first add creates it"] as const]
          : [["size", formatBytes(Number(stats["bytes"]))] as const, ["memories", memoriesOf(stats)] as const]),
        ["health", problems.length === 0 ? paint("green", "good") : paint("red", problems[0] as string)],
        ...problems.slice(1).map((problem) => ["", paint("red", problem)] as const),
        ...(stats === null ? [] : [...jobsOf(stats), ...modelOf(stats)]),
        ["agents", agents.length === 0 ? "none set up by init" : agents.join(", ")],
        ...(blocks.length === 0 ? [] : [["blocks", blocks.join(", ")] as const]),
        ["sessions", sessionsOf()],
        ["sends to", hosts.length === 0 ? "nobody" : hosts.join(", ")],
        ["settings", settingsOf(call)],
        ["versions", `Recollect ${VERSION}, Node ${process.versions.node}, SQLite ${sqlite}`],
      ]),
    ],
  };
}

const ORIGINS: Readonly<Record<string, string>> = {
  option: "by --db",
  environment: "by RECOLLECT_HOME",
  project: "this project's",
  user: "your own",
};

/** A file that is not there is not made by looking. */
async function examine(call: Call): Promise<Finding> {
  const store = await call.store();
  const { kind, place } = store;
  const exists = kind === "server" || existsSync(place);
  if (!exists) return { kind, place, exists, stats: null, problems: [] };
  try {
    const stats = await store.stats();
    const jobs = (stats["jobs"] ?? {}) as Row;
    const failed = Number(jobs["failed"] ?? 0);
    const { problems } = (await store.verify(false)) as { problems?: readonly Row[] };
    return {
      kind,
      place,
      exists,
      stats,
      problems: [
        ...(problems ?? []).map(
          (each) =>
            `${plain(each["where"])}: ${plain(each["what"])} (${plain(each["count"])}). Try: recollect verify --repair`,
        ),
        ...(failed > 0 ? [`${failed} jobs failed`] : []),
        ...(kind === "file" ? readableByOthers(place) : []),
      ],
    };
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    return { kind, place, exists, stats: null, problems: [error.message] };
  }
}

function readableByOthers(path: string): string[] {
  return process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0
    ? [`${path} can be read by others on this machine. Try: chmod 600 ${path}`]
    : [];
}

function memoriesOf(stats: Row): string {
  const kinds = Object.entries((stats["memories"] ?? {}) as Readonly<Record<string, Row>>);
  const active = kinds.filter(([, states]) => Number(states["active"]) > 0);
  return active.map(([kind, states]) => `${plain(states["active"])} ${kind}s`).join(", ") || "none";
}

/** Where texts go: to the server, or to the models that are set. Words and built-in vectors go nowhere. */
function outboundHosts(call: Call, { kind, place }: Finding): string[] {
  if (kind === "server") return [new URL(place).host];
  const hosts = ["llm", "embedder", "previousEmbedder", "reranker"].flatMap((name) => {
    const setting = call.settings[name];
    if (setting === undefined || setting === false) return [];
    return [`${hostOf(setting)} (${name})`];
  });
  return [...new Set(hosts)];
}

function hostOf(setting: unknown): string {
  if (typeof setting === "string") return `the API of ${setting.split("/")[0] ?? setting}`;
  const { provider, config } = setting as Row;
  for (const [name, value] of Object.entries({ ...(setting as Row), ...(config as Row | undefined) }))
    if (/url|host/iu.test(name) && typeof value === "string" && URL.canParse(value)) return new URL(value).host;
  return `the API of ${plain(provider) || "its provider"}`;
}

/** What the hooks of coding agents have still to keep, and what they could not. */
function sessionsOf(): string {
  const failures = readFailures().map(({ transcript, code }) => `${transcript} (${code})`);
  const notKept = failures.length === 0 ? "" : `; not kept when last tried: ${failures.join(", ")}`;
  return `${readQueue().length} waiting to be kept${notKept}`;
}

/** The agents that `init` set up and whose files still say so, and the files that hold a block. */
function wiringOf(call: Call): { agents: readonly string[]; blocks: readonly string[] } {
  const names = readRecord().flatMap(({ agents, path, scope }) => {
    const isThere = (readText(path) ?? "").includes("recollect");
    return agents.map((agent) => `${agent} (${scope}${isThere ? "" : `; ${path} no longer says so`})`);
  });
  return { agents: [...new Set(names)], blocks: readBlocks(call.file.folder).map(({ path }) => path) };
}

function settingsOf(call: Call): string {
  const path = configPath(call.file.folder);
  return existsSync(path) ? path : `none (${path})`;
}
