import type { Row } from "../store/store.ts";
import { columns } from "../terminal/columns.ts";
import { paint } from "../terminal/paint.ts";
import { plain } from "../terminal/describe-memory.ts";
import type { Call, Command, Reply } from "./command.ts";
import { PLACE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["verify [--repair] [options]"],
  summary: "check records, histories and indexes against one another",
  about: "The exit status is 1 when something is wrong and was not repaired.",
  options: [{ name: "repair", help: "make anew what is derived" }, ...PLACE_OPTIONS],
  examples: ["recollect verify", "recollect verify --repair --json"],
  run,
};

async function run(call: Call): Promise<Reply> {
  const result = await (await call.store()).verify(call.has("repair"));
  const problems = (result["problems"] ?? []) as readonly Row[];
  const isSound = result["is_sound"] === true;
  return {
    data: result,
    count: problems.length,
    status: isSound ? 0 : 1,
    lines: () => [
      ...(problems.length === 0 ? [] : describe(problems)),
      isSound ? paint("green", problems.length === 0 ? "Sound." : "Sound again.") : paint("red", "Not sound."),
    ],
  };
}

function describe(problems: readonly Row[]): string[] {
  return columns(
    ["COUNT", "WHERE", "REPAIR", "WHAT"],
    problems.map((problem) => [
      plain(problem["count"]),
      plain(problem["where"]),
      problem["is_repaired"] === true ? "done" : problem["is_repairable"] === true ? "--repair" : "not possible",
      plain(problem["what"]),
    ]),
  );
}
