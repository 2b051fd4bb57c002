import { pairs } from "../terminal/columns.ts";
import { plain } from "../terminal/describe-memory.ts";
import { withoutControls } from "../terminal/text-width.ts";
import type { Call, Command, Reply } from "./command.ts";
import { foundReply } from "./found-reply.ts";
import {
  given,
  MODEL_OPTIONS,
  modelRequest,
  numberOption,
  readOptionsNamed,
  readRequest,
  refusePositionals,
  WHERE_OPTIONS,
} from "./options.ts";
import { schemaOption } from "./schema-option.ts";
import { warningsOf } from "./warnings-of.ts";

export const command: Command = {
  usage: ["profile [options]"],
  summary: "who somebody is, as the memories say now",
  about: "With --json each line comes with the ids that it rests on.",
  options: [
    { name: "schema", value: "<json>", help: "a JSON schema, or a file that holds one: an object after it" },
    { name: "token-budget", value: "<n>", help: "most tokens, at least 50 (default 1000)" },
    ...MODEL_OPTIONS,
    ...readOptionsNamed("filter", "category", "as-of", "known-at", "show-expired"),
    ...WHERE_OPTIONS,
  ],
  examples: [
    "recollect profile",
    "recollect profile --agent-id reviewer --token-budget 300",
    'recollect profile --schema \'{"type":"object","properties":{"city":{"type":"string"}}}\' --json',
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  refusePositionals(call);
  const { owner, options } = readRequest(call);
  const schema = await schemaOption(call);
  const profile = await (
    await call.store()
  ).profile({
    ...options,
    ...modelRequest(call),
    ...given("schema", schema),
    ...given("tokenBudget", numberOption(call, "token-budget")),
  });
  const values = (profile["values"] ?? {}) as Readonly<Record<string, unknown>>;
  const text = plain(profile["text"]);
  const filled = Object.keys((profile["citations"] ?? {}) as object).length;
  const count = schema === undefined ? lineCount(profile["sections"]) : filled;
  return foundReply({
    data: profile,
    count,
    scope: owner,
    warnings: warningsOf(profile),
    lines: () =>
      schema === undefined
        ? [withoutControls(text)]
        : pairs(Object.entries(values).map(([name, value]) => [name, withoutControls(plain(value))] as const)),
  });
}

function lineCount(sections: unknown): number {
  return Object.values((sections ?? {}) as Readonly<Record<string, readonly unknown[]>>).flat().length;
}
