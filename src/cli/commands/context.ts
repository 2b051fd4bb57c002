import { invalidInput } from "../../errors.ts";
import { withoutControls } from "../terminal/text-width.ts";
import type { Call, Command, Reply } from "./command.ts";
import { readStandardInput } from "./input.ts";
import { given, numberOption, READ_OPTIONS, readRequest, WHERE_OPTIONS } from "./options.ts";
import { warningsOf } from "./warnings-of.ts";

export const command: Command = {
  usage: ["context <query> [options]"],
  summary: "build a block for a prompt, within a token budget",
  options: [
    { name: "token-budget", value: "<n>", help: "most tokens, at least 50 (default 1500)" },
    { name: "threshold", value: "<0..1>", help: "least score (default 0.1)" },
    ...READ_OPTIONS,
    ...WHERE_OPTIONS,
  ],
  examples: ['recollect context "how does Hana like her code" --token-budget 300', "recollect context deploy --json"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const query = call.positionals.join(" ") || (await readStandardInput())?.trim() || "";
  if (query === "") throw invalidInput('"recollect context" expects a query.');
  const { owner, options } = readRequest(call);
  const block = await (
    await call.store()
  ).context(query, {
    ...options,
    ...given("tokenBudget", numberOption(call, "token-budget")),
    ...given("threshold", numberOption(call, "threshold")),
  });
  const text = String(block["text"] ?? "");
  const hits = Array.isArray(block["hits"]) ? block["hits"] : [];
  return {
    data: block,
    count: hits.length,
    scope: owner,
    warnings: warningsOf(block),
    status: text === "" ? 3 : 0,
    lines: () => (text === "" ? [] : [process.stdout.isTTY ? withoutControls(text) : text]),
  };
}
