import { existsSync } from "node:fs";
import { findPlace } from "../agents/hook-place.ts";
import { lastTurnsOf } from "../agents/pauses.ts";
import { projectScope } from "../agents/project-scope.ts";
import { readSession } from "../agents/session-state.ts";
import type { Settings } from "../store/cli-settings.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import type { Call, Command, Reply } from "./command.ts";
import { PLACE_OPTIONS } from "./options.ts";
import { change, TARGET_OPTIONS, targetOf } from "./pause.ts";

export const command: Command = {
  usage: ["private [options]"],
  summary: "keep nothing of a session, or of a folder from now on",
  about:
    "Recall goes on. A session is private from its start: what was kept of it is deleted (recollect restore brings a\nmemory back within 30 days). A folder is private from now on.",
  options: [
    ...TARGET_OPTIONS,
    { name: "user", value: "<id>", help: "whose session (default: yours)" },
    ...PLACE_OPTIONS,
  ],
  examples: ["recollect private", "recollect private --here", "recollect private --off"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const { session } = targetOf(call);
  const reply = await change(call, "private", session === undefined ? Date.now() : 0);
  if (session === undefined || call.has("off")) return reply;
  await lastTurnsOf(session);
  const count = (await deleteHere(call, session)) + (await deleteWhereItBegan(call, session));
  return {
    data: { ...(reply.data as object), deleted: count },
    count,
    lines: (form) => [...reply.lines(form), ...(count === 0 ? [] : [`${count} memories of it were deleted.`])],
  };
}

async function deleteHere(call: Call, session: string): Promise<number> {
  return deleteIn(await call.store(), session, userOf(call, call.settings));
}

/** Its turns are kept in the file of the folder that the agent worked in, which need not be that of this command. */
async function deleteWhereItBegan(call: Call, session: string): Promise<number> {
  const folder = readSession(session)?.folder ?? "";
  if (
    folder === "" ||
    [call.text("db"), call.text("server"), call.text("base-url")].some((named) => named !== undefined)
  )
    return 0;
  const { path, settings } = findPlace(folder);
  if (path !== undefined && !existsSync(path)) return 0;
  const store = await openStore({ path: path ?? "", settings });
  try {
    return store.place === (await call.store()).place ? 0 : await deleteIn(store, session, userOf(call, settings));
  } finally {
    await store.close();
  }
}

async function deleteIn(store: Store, session: string, userId: string): Promise<number> {
  return (await store.deleteAll({ owner: { userId, runId: session }, isDryRun: false })).count;
}

function userOf(call: Call, settings: Settings): string {
  return projectScope({ user: call.text("user"), settings }).owner.userId;
}
