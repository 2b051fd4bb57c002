import { toSnakeCase } from "../../client/change-case.ts";
import type { Row } from "../store/store.ts";
import { pairs } from "../terminal/columns.ts";
import { plain } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";
import { PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["stats [options]"],
  summary: "count what the store holds, what is pending, and what models used",
  options: PLACE_OPTIONS,
  examples: ["recollect stats", "recollect stats --json"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const store = await call.store();
  const stats = await store.stats();
  return {
    data: toSnakeCase(stats),
    lines: () => [
      ...pairs([
        [store.kind, store.place],
        ...Object.entries((stats["memories"] ?? {}) as Readonly<Record<string, Row>>).flatMap(([kind, states]) =>
          countStates(kind, states),
        ),
        ["users", plain(stats["users"])],
        ["named things", plain(stats["entities"])],
        ["changes", plain(stats["history"])],
        ["passages", plain(stats["passages"])],
        ["size", formatBytes(Number(stats["bytes"]))],
        ...jobsOf(stats),
        ...modelOf(stats),
      ]),
    ],
  };
}

function countStates(kind: string, states: Row): readonly (readonly [string, string])[] {
  const counts = Object.entries(states).filter(([, count]) => Number(count) > 0);
  return counts.length === 0
    ? []
    : [[`${kind}s`, counts.map(([state, count]) => `${plain(count)} ${state}`).join(", ")]];
}

export function jobsOf(stats: Row): readonly (readonly [string, string])[] {
  const { pending, running, failed } = (stats["jobs"] ?? {}) as Row;
  const vectors = Number(stats["pendingVectors"] ?? 0);
  const messages = Number(stats["pendingExtraction"] ?? 0);
  return [
    ["jobs", `${plain(pending)} pending, ${plain(running)} running, ${plain(failed)} failed`],
    ...(vectors === 0 ? [] : [["vectors", `${vectors} to be made`] as const]),
    ...(messages === 0 ? [] : [["for the model", `${messages} messages`] as const]),
  ];
}

export function modelOf(stats: Row): readonly (readonly [string, string])[] {
  const { languageModel, today, month, stoppedBy } = (stats["models"] ?? {}) as Row;
  if (languageModel === null || languageModel === undefined) return [["model", "none: rules alone, no cost"]];
  return [
    ["model", plain(languageModel)],
    ["today", spent(today)],
    ["this month", spent(month)],
    ...(stoppedBy === null || stoppedBy === undefined ? [] : [["stopped", plain(stoppedBy)] as const]),
  ];
}

function spent(value: unknown): string {
  const { tokens, cost } = (value ?? {}) as Row;
  return `${plain(tokens) || "0"} tokens, $${Number(cost ?? 0).toFixed(4)}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
