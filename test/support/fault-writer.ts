// Adds messages through the public Memory and tells each acknowledged id at once. Run as a process of its own:
// node fault-writer.ts FILE NAME COUNT [shared]
import { writeSync } from "node:fs";
import { Memory } from "../../src/index.ts";
import { markOf, sentence, writerUser } from "./fault-sentences.ts";

const [path, name, count, mode] = process.argv.slice(2) as [string, string, string, string?];
const memory = new Memory({ dbPath: path, durability: "strict" });

for (let number = 0; number < Number(count); number += 1) {
  const userId = writerUser(name, number, mode === "shared");
  const result = await memory.add(sentence(name, number), { userId, runId: `run-${name}`, metadata: { number } });
  // Written synchronously, so that a kill cannot come between the acknowledgement and its telling.
  const ids = result.results.map(({ id }) => id);
  writeSync(
    1,
    `${JSON.stringify({ mark: markOf(name, number), number, userId, id: result.messages[0]?.id, facts: ids })}\n`,
  );
}
await memory.close();
