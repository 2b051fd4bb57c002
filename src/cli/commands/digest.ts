import { withoutControls } from "../terminal/text-width.ts";
import { filtersFor } from "../store/filters-for.ts";
import type { Call, Command, Reply } from "./command.ts";
import { given, numberOption, ownerOf, WHERE_OPTIONS } from "./options.ts";
import { warningsOf } from "./warnings-of.ts";

export const command: Command = {
  usage: ["digest [options]"],
  summary: "what was done, decided and left open in a session, or since a date",
  about: "Without --since, --until or --run-id: the last session. Every line ends with the ids it rests on.",
  options: [
    { name: "since", value: "<date>", help: "said from then on" },
    { name: "until", value: "<date>", help: "said before then" },
    { name: "sessions", value: "<n>", help: "most sessions, newest first" },
    { name: "token-budget", value: "<n>", help: "most tokens, at least 100 (default 1500)" },
    ...WHERE_OPTIONS,
  ],
  examples: ["recollect digest --since 2026-11-23", "recollect digest --run-id session-7 --json"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const owner = ownerOf(call);
  const digest = await (
    await call.store()
  ).digest({
    filters: filtersFor(owner, []),
    ...given("since", call.text("since")),
    ...given("until", call.text("until")),
    ...given("sessions", numberOption(call, "sessions")),
    ...given("tokenBudget", numberOption(call, "token-budget")),
  });
  const text = String(digest["text"] ?? "");
  const lines = Array.isArray(digest["lines"]) ? digest["lines"] : [];
  return {
    data: digest,
    count: lines.length,
    scope: owner,
    warnings: warningsOf(digest),
    status: text === "" ? 3 : 0,
    lines: () => (text === "" ? [] : [process.stdout.isTTY ? withoutControls(text) : text]),
  };
}
