import { appendFileSync, writeSync } from "node:fs";
import { queueTranscript, readQueue, startWorker } from "./capture-queue.ts";
import { realFolder } from "./git-folder.ts";
import { readHookInput } from "./hook-input.ts";
import type { HookInput } from "./hook-input.ts";
import { hookSettings } from "./hook-settings.ts";
import { findPlace, openForRecall } from "./hook-place.ts";
import type { LinesInBudget } from "./memory-lines.ts";
import { modeAt, readPauses } from "./pauses.ts";
import { forgetOldSessions, readSession, writeSession } from "./session-state.ts";

export const HOOK_HELP = `Usage: recollect hook <event>

Answers a hook of a coding agent: its JSON on standard input, the answer in Claude Code's hook JSON on standard output.

  session-start       what the agent should know: instructions, the last sessions, what holds
  user-prompt-submit  the memories that are about the prompt; nothing where none is
  pre-compact, stop, session-end   the transcript's new turns are kept, by a process that ends itself

It ends with status 0 and without an answer whenever something is wrong, or not ready in time: an agent never waits for
its memory. RECOLLECT_HOOK_MS (100), RECOLLECT_PROMPT_TOKENS (500) and RECOLLECT_DIGEST_TOKENS (1500) set the limits.
RECOLLECT_HOOK_DEBUG=1 says on standard error what went wrong.
`;

type HookEvent = "session-start" | "user-prompt-submit" | "pre-compact" | "stop" | "session-end";

const EVENTS: Readonly<Record<string, HookEvent>> = {
  "session-start": "session-start",
  SessionStart: "session-start",
  "user-prompt-submit": "user-prompt-submit",
  UserPromptSubmit: "user-prompt-submit",
  "pre-compact": "pre-compact",
  PreCompact: "pre-compact",
  stop: "stop",
  Stop: "stop",
  "session-end": "session-end",
  SessionEnd: "session-end",
};

/** As Claude Code spells those that may be answered. */
const ANSWERED = { "session-start": "SessionStart", "user-prompt-submit": "UserPromptSubmit" } as const;

/** What is ready when the time is over. */
interface Answer {
  block: LinesInBudget | undefined;
}

/** One hook, or the worker that hooks start. Always 0: an agent must not stumble over its memory. */
export async function hookCommand(args: readonly string[]): Promise<number> {
  const [name = ""] = args;
  if (name === "--help" || name === "-h") {
    process.stdout.write(HOOK_HELP);
    return 0;
  }
  if (name === "worker") {
    const { runWorker } = await import("./capture-worker.ts");
    return runWorker();
  }
  const answer: Answer = { block: undefined };
  let sayWhatIsReady: (() => void) | undefined;
  // Whatever runs at that moment, a read from a file or a server, ends with the process.
  setTimeout(() => {
    debug("out of time");
    sayWhatIsReady?.();
    process.exit(0);
  }, timeLeft(hookSettings().deadlineMs));
  try {
    const input = await readHookInput();
    const event = EVENTS[name] ?? EVENTS[input?.event ?? ""];
    if (input !== undefined && event !== undefined) {
      sayWhatIsReady = () => {
        say(event, input, answer.block);
      };
      const close = await answerHook(event, input, answer);
      sayWhatIsReady = undefined;
      say(event, input, answer.block);
      await close();
    }
  } catch (error) {
    debug(error);
  }
  process.exit(0);
}

/** Counted from when Node was ready: its own start is not the hook's work. */
function timeLeft(deadlineMs: number): number {
  return Math.max(0, deadlineMs - (performance.now() - performance.nodeTiming.bootstrapComplete));
}

async function answerHook(event: HookEvent, input: HookInput, answer: Answer): Promise<() => Promise<void>> {
  const { session, transcript } = input;
  const folder = realFolder(input.folder);
  if (event === "session-start") beginSession(session, folder);
  const mode = modeAt(readPauses(), { session, folder }, Date.now());
  if (mode === "pause") return nothingToClose;
  if (isAnswered(event)) return recall(event, { ...input, folder }, answer);
  if (mode === undefined && session !== undefined && transcript !== undefined) {
    queueTranscript({ session, transcript, folder });
    startWorker();
  }
  return nothingToClose;
}

async function recall(event: keyof typeof ANSWERED, input: HookInput, answer: Answer): Promise<() => Promise<void>> {
  if (event === "user-prompt-submit") {
    // Most of the work is to load what searches: for "ok, go on" it is not loaded.
    const { queryOf } = await import("./prompt-query.ts");
    if (queryOf(input.prompt) === undefined) return nothingToClose;
  }
  const place = findPlace(input.folder);
  const store = await openForRecall(place);
  if (store === undefined) return nothingToClose;
  const { owner } = place.scope;
  const { promptTokens, digestTokens } = hookSettings();
  if (event === "session-start") {
    const { startDigest } = await import("./start-digest.ts");
    const onFirst = (block: LinesInBudget): void => {
      answer.block = block;
    };
    answer.block = await startDigest(store, { owner, tokenBudget: digestTokens, onFirst });
  } else {
    const { recallForPrompt } = await import("./recall-for-prompt.ts");
    const shown = (input.session === undefined ? undefined : readSession(input.session))?.shown ?? [];
    answer.block = await recallForPrompt({ store, owner, prompt: input.prompt, tokenBudget: promptTokens, shown });
  }
  return () => store.close();
}

/** Its context is empty or was emptied: everything may be shown again. */
function beginSession(session: string | undefined, folder: string): void {
  if (session !== undefined) {
    writeSession({ session, folder, shown: [] });
    // Commands that the agent runs later learn from it whose they are.
    const file = process.env["CLAUDE_ENV_FILE"];
    if (file !== undefined && /^[\w.-]+$/u.test(session)) appendFileSync(file, `export RECOLLECT_SESSION=${session}\n`);
  }
  // What a worker that was killed has left.
  if (readQueue().length > 0) startWorker();
  forgetOldSessions(Date.now());
}

/** Prints the answer, and notes what it shows: a session is not shown the same memory twice. */
function say(event: HookEvent, { session, folder }: HookInput, block: LinesInBudget | undefined): void {
  if (!isAnswered(event) || block === undefined || block.text === "") return;
  if (session !== undefined) {
    const known = readSession(session);
    writeSession({
      session,
      folder: known?.folder ?? realFolder(folder),
      shown: [...(known?.shown ?? []), ...block.ids],
    });
  }
  const answer = {
    suppressOutput: true,
    hookSpecificOutput: { hookEventName: ANSWERED[event], additionalContext: block.text },
  };
  writeSync(1, `${JSON.stringify(answer)}\n`);
}

function isAnswered(event: HookEvent): event is keyof typeof ANSWERED {
  return Object.hasOwn(ANSWERED, event);
}

function nothingToClose(): Promise<void> {
  return Promise.resolve();
}

function debug(reason: unknown): void {
  if ((process.env["RECOLLECT_HOOK_DEBUG"] ?? "") === "") return;
  process.stderr.write(`recollect hook: ${reason instanceof Error ? reason.message : String(reason)}\n`);
}
