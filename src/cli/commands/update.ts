import { invalidInput } from "../../errors.ts";
import { describeMemory } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";
import { readStandardInput } from "./input.ts";
import { given, jsonOption, PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["update <id> [text] [options]"],
  summary: "change text, metadata or expiry; the history keeps what was there",
  about: "- in place of the text reads standard input.",
  options: [
    { name: "metadata", short: "m", value: "<json>", help: "merged into what is there" },
    { name: "expires", value: "<date>", help: 'YYYY-MM-DD; "never" clears it' },
    { name: "timestamp", value: "<time>", help: "refused: when it was said is not changed", isHidden: true },
    ...PLACE_OPTIONS,
  ],
  examples: [
    'recollect update 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b "Hana prefers spaces"',
    'recollect update 019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b --metadata \'{"team":"red"}\' --expires 2026-12-31',
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [id, ...words] = call.positionals;
  if (id === undefined) throw invalidInput('"recollect update" expects an id and what to change.');
  if (call.text("timestamp") !== undefined)
    throw invalidInput("--timestamp is not changed by update: when it was said stays. Add it anew with its time.");
  const joined = words.join(" ");
  const text = joined === "-" ? (await readStandardInput())?.trimEnd() : joined;
  const expires = call.text("expires");
  const change = {
    ...given("text", text === "" ? undefined : text),
    ...given("metadata", jsonOption(call, "metadata")),
    ...given("expirationDate", expires === "never" ? null : expires),
  };
  if (Object.keys(change).length === 0)
    throw invalidInput('"recollect update" expects a text, --metadata or --expires.');
  const changed = await (await call.store()).update(id, change);
  return { data: changed, count: 1, lines: () => describeMemory(changed) };
}
