import { join } from "node:path";
import { expect, it } from "vitest";
import { createEngine } from "../../src/create-memory.ts";
import { Memory } from "../../src/index.ts";
import { countMessages, expectFound, expectSound, expectStored, parseAcknowledged } from "../support/fault-checks.ts";
import { delay, FaultProcess } from "../support/fault-process.ts";
import { inFolder, report, seededRandom, times } from "../support/fault-run.ts";
import { isReplaceable } from "../support/fault-sentences.ts";
import type { Acknowledged } from "../support/fault-sentences.ts";

it("a writer killed at random moments loses nothing that it acknowledged", async () => {
  const rounds = times(50, 10);
  const random = seededRandom("killed writer");
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    const all: Acknowledged[] = [];
    let searches = 0;
    let beforeFirst = 0;
    for (let round = 0; round < rounds; round += 1) {
      const writer = new FaultProcess("fault-writer.ts", [path, `k${round}`, "100000"]);
      // Every fifth is killed while it starts, perhaps before there is a file.
      if (round % 5 === 4) await delay(random() * 600);
      else {
        await writer.line(Math.floor(random() * 30));
        await delay(random() * 300);
      }
      expect((await writer.kill()).signal).toBe("SIGKILL");
      const acknowledged = parseAcknowledged(writer.lines);
      if (acknowledged.length === 0) beforeFirst += 1;
      all.push(...acknowledged);

      const memory = new Memory({ dbPath: path });
      for (const one of acknowledged.filter(({ number }) => !isReplaceable(number)).slice(-3)) {
        await expectFound(memory, one);
        searches += 1;
      }
      // The next writer goes on.
      const added = await memory.add(`The keeper wrote markn${round}x0 into the log.`, { userId: "next" });
      all.push({
        mark: `markn${round}x0`,
        number: round,
        userId: "next",
        id: added.messages[0]?.id as string,
        facts: added.results.map(({ id }) => id),
      });
      await expectFound(memory, all.at(-1) as Acknowledged);
      await memory.close();
      await expectSound(path);
    }
    const engine = createEngine({ dbPath: path });
    await expectStored(engine.store, all);
    const stored = await countMessages(engine.store);
    await engine.close();
    const inFlight = stored - all.length;
    report(
      `killed writer: ${rounds} kills (${beforeFirst} before the first acknowledgement), ${all.length} acknowledged adds, ` +
        `0 lost, 0 twice, ${inFlight} stored but not acknowledged (at most one a kill), ${searches} searched and found`,
    );
    expect(inFlight).toBeGreaterThanOrEqual(0);
    expect(inFlight).toBeLessThanOrEqual(rounds);
  });
});
