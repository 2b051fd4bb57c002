import { join } from "node:path";
import { expect, it } from "vitest";
import { createEngine } from "../../src/create-memory.ts";
import { Memory } from "../../src/index.ts";
import { countMessages, expectFound, expectSound, expectStored, parseAcknowledged } from "../support/fault-checks.ts";
import { FaultProcess } from "../support/fault-process.ts";
import { isReplaceable } from "../support/fault-sentences.ts";
import { inFolder, report, seededRandom, times } from "../support/fault-run.ts";

it("many processes write one file at once, some are killed: nothing is lost, nothing is there twice", async () => {
  const processes = times(8, 4);
  const adds = times(500, 100);
  const random = seededRandom("many processes");
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    const started = performance.now();
    const writers = Array.from(
      { length: processes },
      (_, index) => new FaultProcess("fault-writer.ts", [path, `p${index}`, String(adds), "shared"]),
    );
    // A quarter of them dies on the way.
    const victims = writers.slice(0, processes / 4);
    await Promise.all(
      victims.map(async (victim) => {
        await victim.line(Math.floor(adds * (0.2 + random() * 0.6)));
        await victim.kill();
      }),
    );
    const exits = await Promise.all(writers.map((writer) => writer.ended));
    const seconds = (performance.now() - started) / 1000;
    expect(exits.map(({ errors }) => errors).join("")).toBe("");
    expect(exits.slice(victims.length).map(({ code }) => code)).toEqual(writers.slice(victims.length).map(() => 0));
    const acknowledged = writers.flatMap((writer) => parseAcknowledged(writer.lines));
    await expectSound(path);
    const engine = createEngine({ dbPath: path });
    await expectStored(engine.store, acknowledged);
    const stored = await countMessages(engine.store);
    await engine.close();
    const memory = new Memory({ dbPath: path });
    const findable = acknowledged.filter(({ number }) => !isReplaceable(number));
    const sample = findable.filter((_, index) => index % Math.ceil(findable.length / 40) === 0);
    for (const one of sample) await expectFound(memory, one);
    await memory.close();
    report(
      `many processes: ${processes} with ${adds} adds each in ${seconds.toFixed(1)} s, ${victims.length} killed, ` +
        `${acknowledged.length} acknowledged, 0 lost, 0 twice, ${stored - acknowledged.length} stored but not acknowledged, ` +
        `0 busy errors, ${sample.length} searched and found`,
    );
    expect(stored - acknowledged.length).toBeLessThanOrEqual(victims.length);
  });
});
