import { lastTurnsOf } from "../agents/pauses.ts";
import { projectScope } from "../agents/project-scope.ts";
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
  const { userId } = projectScope({ user: call.text("user"), settings: call.settings }).owner;
  const { count } = await (await call.store()).deleteAll({ owner: { userId, runId: session }, isDryRun: false });
  return {
    data: { ...(reply.data as object), deleted: count },
    count,
    lines: (form) => [...reply.lines(form), ...(count === 0 ? [] : [`${count} memories of it were deleted.`])],
  };
}
