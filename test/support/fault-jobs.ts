// A process with a slow embedder and vectors to catch up: node fault-jobs.ts FILE close|stay|end
// close: closes the memory on SIGTERM. stay: dies of it. end: does nothing, so the process should end by itself.
import { writeSync } from "node:fs";
import { createEngine } from "../../src/create-memory.ts";
import type { Embedder } from "../../src/ports/embedder.ts";

const [path, mode] = process.argv.slice(2) as [string, string];
let calls = 0;
const embedder: Embedder = {
  space: {
    key: "slow/test/4",
    provider: "slow",
    model: "test",
    dimensions: 4,
    background: { mean: 0, deviation: 1 },
    weight: 0.3,
  },
  maxBatchSize: 2,
  async embed(texts) {
    calls += 1;
    writeSync(1, `call ${calls}\n`);
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    });
    return texts.map((text) => Float32Array.from([1, text.length % 7, text.length % 5, 1]));
  },
};

async function close(): Promise<void> {
  const started = performance.now();
  await engine.close();
  writeSync(1, `closed ${Math.round(performance.now() - started)}\n`);
}

const engine = createEngine({ dbPath: path, embedder });
await engine.store.open();
if (mode === "close") {
  process.once("SIGTERM", () => void close());
}
// Something that keeps the process alive, as a server's socket does.
if (mode !== "end") {
  const timer = setInterval(() => undefined, 1_000);
  if (mode === "close") process.once("SIGTERM", () => clearInterval(timer));
}
