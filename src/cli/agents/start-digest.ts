import type { Row, Store } from "../store/store.ts";
import { lineOf, linesInBudget, short } from "./memory-lines.ts";
import type { LinesInBudget, Section } from "./memory-lines.ts";
import { filterOf } from "./project-scope.ts";
import type { ProjectScope } from "./project-scope.ts";

const MOST_INSTRUCTIONS = 20;
const MOST_FACTS = 40;
const MOST_SESSIONS = 3;
/** Messages in which the last sessions are looked for. */
const MESSAGES_READ = 200;
/** Of the budget: what was asked, done, decided and left open in the last sessions. */
const SESSIONS_SHARE = 0.5;
/** What an agent that goes on needs first. */
const SECTIONS = ["open", "decided", "done", "asked"] as const;

export interface StartDigestOptions {
  readonly owner: ProjectScope["owner"];
  readonly tokenBudget: number;
  /** Told of a digest without the last sessions, which take longest to read. */
  readonly onFirst: (digest: LinesInBudget) => void;
}

/**
 * What an agent should know at a session's start, within a budget of tokens: the user's standing instructions, what the
 * last sessions in this project left open, decided and did, and what else holds, newest first.
 */
export async function startDigest(
  store: Store,
  { owner, tokenBudget, onFirst }: StartDigestOptions,
): Promise<LinesInBudget> {
  const list = async (kinds: readonly string[], filter: Row, most: number): Promise<readonly Row[]> => {
    const { results } = await store.list({ filters: filter, kinds, topK: most, latestOnly: true, withTotal: false });
    return results;
  };
  const all = filterOf(owner);
  const instructions: Section = {
    title: "Standing instructions of the user:",
    lines: (await list(["instruction"], all, MOST_INSTRUCTIONS)).map(lineOf),
  };
  const facts: Section = {
    title: "Known, newest first:",
    lines: (await list(["fact", "pattern", "procedure"], all, MOST_FACTS)).map(lineOf),
  };
  onFirst(linesInBudget([instructions, facts], tokenBudget));
  const messages = await list(
    ["message"],
    { AND: [{ user_id: owner.userId }, { app_id: owner.appId }] },
    MESSAGES_READ,
  );
  const runs = [...new Set(messages.map((message) => message["run_id"]))].filter((run) => typeof run === "string");
  if (runs.length === 0) return linesInBudget([instructions, facts], tokenBudget);
  const digest = await store.digest({
    filters: {
      AND: [{ user_id: owner.userId }, { app_id: owner.appId }, { run_id: { in: runs.slice(0, MOST_SESSIONS) } }],
    },
    tokenBudget: Math.max(50, Math.floor(tokenBudget * SESSIONS_SHARE)),
  });
  return linesInBudget([instructions, sessionsSection(digest), facts], tokenBudget);
}

function sessionsSection(digest: Row): Section {
  const lines = ((digest["lines"] ?? []) as readonly Row[]).filter(({ section }) => section !== "learned");
  const ordered = SECTIONS.flatMap((section) => lines.filter((line) => line["section"] === section));
  return {
    title: "From the last sessions in this project:",
    lines: ordered.map((line) => {
      const id = String((line["memory_ids"] as readonly unknown[])[0]);
      return {
        text: `- ${String(line["said_at"]).slice(0, 10)} ${String(line["section"])}: ${short(line["text"])} [${id}]`,
        id,
      };
    }),
  };
}
