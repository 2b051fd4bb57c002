import { lastSessionIn } from "../agents/session-state.ts";
import { realFolder } from "../agents/git-folder.ts";
import { endPauses, modeAt, readPauses, startPause } from "../agents/pauses.ts";
import type { Pause } from "../agents/pauses.ts";
import { invalidInput } from "../../errors.ts";
import type { Call, Command, OptionSpec, Reply } from "./command.ts";

export const TARGET_OPTIONS: readonly OptionSpec[] = [
  { name: "session", value: "<id>", help: "a session (RECOLLECT_SESSION; default: the last one in this folder)" },
  { name: "here", help: "everything in this folder and below" },
  { name: "folder", value: "<path>", help: "everything in that folder and below" },
  { name: "off", help: "end it" },
];

export const command: Command = {
  usage: ["pause [options]", "pause --status"],
  summary: "stop recall and capture for a session or a folder",
  about: "What is said during a pause is never kept, not by a later ingest either. Memories stay as they are.",
  options: [...TARGET_OPTIONS, { name: "status", help: "say what holds here, and change nothing" }],
  examples: ["recollect pause", "recollect pause --here", "recollect pause --off", "recollect pause --status"],
  run,
};

async function run(call: Call): Promise<Reply> {
  return call.has("status") ? statusHere(call) : change(call, "pause", Date.now());
}

/** Starts or ends a pause, and says so. */
export async function change(call: Call, mode: Pause["mode"], from: number): Promise<Reply> {
  const target = targetOf(call);
  const what = target.session === undefined ? `folder ${target.folder}` : `session ${target.session}`;
  if (call.has("off")) {
    const ended = await endPauses(target, Date.now());
    return {
      data: { ...target, ended },
      count: ended,
      status: ended === 0 ? 3 : 0,
      lines: () => [ended === 0 ? `Nothing was paused or private: ${what}.` : `Goes on: ${what}.`],
    };
  }
  await startPause({ mode, ...target, from });
  const says = mode === "pause" ? "Paused: nothing is recalled or kept" : "Private: nothing is kept";
  return { data: { ...target, mode }, lines: () => [`${says} of ${what}.`] };
}

export function targetOf(call: Call): { readonly session?: string; readonly folder?: string } {
  const folder = call.text("folder") ?? (call.has("here") ? process.cwd() : undefined);
  const named = call.text("session");
  if (folder !== undefined && named !== undefined) throw invalidInput("--session and a folder are two. Name one.");
  if (folder !== undefined) return { folder: realFolder(folder) };
  const session = named ?? sessionHere();
  if (session === undefined)
    throw invalidInput("No agent's session is known in this folder. Name one with --session, or say --here.");
  return { session };
}

function sessionHere(): string | undefined {
  const set = process.env["RECOLLECT_SESSION"] ?? "";
  return set === "" ? lastSessionIn(realFolder(process.cwd())) : set;
}

function statusHere(call: Call): Reply {
  const folder = realFolder(call.text("folder") ?? process.cwd());
  const session = call.text("session") ?? sessionHere();
  const mode = modeAt(readPauses(), { session, folder }, Date.now()) ?? "on";
  const words = { on: "recalls and keeps", pause: "is paused", private: "is private" };
  return {
    data: { session: session ?? null, folder, mode },
    lines: () => [`${session === undefined ? folder : `Session ${session}`} ${words[mode]}.`],
  };
}
