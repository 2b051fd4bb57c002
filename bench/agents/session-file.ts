import { writeFileSync } from "node:fs";

const ASKS = [
  "Please fix the {thing}, it breaks in step {step}.",
  "Why does the {thing} fail on Mondays?",
  "I prefer small commits for the {thing}.",
  "We decided to use Postgres for the {thing}, not Redis.",
  "ok, go on",
  "Rename the module of the {thing} and run the tests of part {step}.",
];
const THINGS = ["cart", "checkout", "invoice", "voucher", "importer", "mailer", "login form", "profile page"];
/** What a tool prints between two turns. */
const OUTPUT = "src/part.ts:12:3 a line of output that nobody said\n".repeat(60);

/** A session file of Claude Code with so many turns of talk, and the tool calls and results between them. */
export function writeSessionFile(path: string, { turns, folder }: { turns: number; folder: string }): void {
  const lines: string[] = [];
  let time = Date.UTC(2026, 5, 1);
  const add = (type: string, content: unknown, more: object = {}): void => {
    time += 7_000;
    lines.push(
      JSON.stringify({
        parentUuid: lines.length === 0 ? null : `uuid-${lines.length - 1}`,
        isSidechain: false,
        cwd: folder,
        sessionId: "bench-session",
        version: "2.1.40",
        gitBranch: "main",
        type,
        message: { role: type, content },
        uuid: `uuid-${lines.length}`,
        timestamp: new Date(time).toISOString(),
        ...more,
      }),
    );
  };
  for (let turn = 0; turn < turns; turn += 2) {
    const thing = THINGS[(turn * 7) % THINGS.length] ?? "";
    const ask = ASKS[(turn / 2) % ASKS.length] ?? "";
    add("user", ask.replace("{thing}", thing).replace("{step}", String(turn)));
    const file = { file_path: `${folder}/src/${thing}.ts`, old_string: "a", new_string: "b" };
    add("assistant", [{ type: "tool_use", id: `toolu_${turn}`, name: "Edit", input: file }]);
    const result = [{ type: "tool_result", tool_use_id: `toolu_${turn}`, content: OUTPUT }];
    add("user", result, { toolUseResult: { stdout: OUTPUT } });
    add("assistant", [
      { type: "text", text: `Done: the ${thing} works after step ${turn}. Next step: a test for it.` },
    ]);
  }
  writeFileSync(path, `${lines.join("\n")}\n`);
}
