import type { Row } from "../store/store.ts";
import { columns } from "../terminal/columns.ts";
import { day, plain, textOf } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import type { Call, Command, Reply } from "./command.ts";
import { describeContradictions } from "./contradictions.ts";
import { given, numberOption, readOptionsNamed, readRequest, refusePositionals, WHERE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["review [options]"],
  summary: "what waits for your word, and what contradicts itself",
  about:
    "What waits is served by no read until it is approved; of a contradiction everything is served. recollect approve <id>\nand recollect reject <id> decide: docs/forgetting.md.",
  options: [
    { name: "limit", short: "n", value: "<n>", help: "of a page, at most 1000 (default 100)" },
    { name: "cursor", value: "<next>", help: "the page after: next of the one before" },
    ...readOptionsNamed("filter", "category"),
    ...WHERE_OPTIONS,
  ],
  examples: ["recollect review", "recollect review --user-id hana --json"],
  run,
};

async function run(call: Call): Promise<Reply> {
  refusePositionals(call);
  const { owner, options } = readRequest(call);
  const found = await (
    await call.store()
  ).review({
    ...options,
    ...given("limit", numberOption(call, "limit")),
    ...given("cursor", call.text("cursor")),
  });
  const [results = [], contradictions = []] = ["results", "contradictions"].map(
    (name) => found[name] as readonly Row[],
  );
  const isEmpty = results.length === 0 && contradictions.length === 0;
  return {
    data: found,
    count: results.length + contradictions.length,
    scope: owner,
    status: isEmpty ? 3 : 0,
    lines: () => [
      ...(isEmpty ? ["Nothing waits."] : []),
      ...(results.length === 0
        ? []
        : columns(
            ["ID", "SAID", "WHY", "MEMORY"],
            results.map((item) => [plain(item["id"]), day(item["created_at"]), plain(item["why"]), textOf(item)]),
          )),
      ...describeContradictions(contradictions),
      ...(typeof found["next"] === "string" ? [paint("dim", `There is more: --cursor ${found["next"]}`)] : []),
    ],
  };
}
