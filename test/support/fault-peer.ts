// Another process on the same file, which does what it is told line by line: node fault-peer.ts FILE
import { createInterface } from "node:readline";
import { MemoryError } from "../../src/errors.ts";
import { createEngine } from "../../src/create-memory.ts";
import { Memory } from "../../src/index.ts";

interface Request {
  readonly do: "add" | "search" | "delete" | "purge" | "deleteAll";
  readonly text?: string;
  readonly id?: string;
  readonly userId?: string;
}

const [path] = process.argv.slice(2) as [string];
const memory = new Memory({ dbPath: path });
const engine = createEngine({ dbPath: path });

async function answer(request: Request): Promise<unknown> {
  const { text = "", id = "", userId = "alice" } = request;
  switch (request.do) {
    case "add": {
      const { messages, results } = await memory.add(text, { userId });
      return { message: messages[0]?.id, facts: results.map((result) => result.id) };
    }
    case "search": {
      const { results } = await memory.search(text, { filters: { user_id: userId }, topK: 10 });
      return results.map((hit) => hit.memory);
    }
    case "delete": {
      const change = { id, changes: { state: "deleted" }, event: "DELETE", actor: "user", reason: "test" } as const;
      return engine.store.apply({ userId, at: Date.now(), patch: [change] });
    }
    case "purge":
      return engine.store.purge([id], Date.now());
    case "deleteAll":
      return engine.store.reset();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    process.stdout.write(`${JSON.stringify((await answer(JSON.parse(line) as Request)) ?? null)}\n`);
  } catch (error) {
    const code = MemoryError.isInstance(error) ? error.code : "not a MemoryError";
    process.stdout.write(`${JSON.stringify({ error: code, message: (error as Error).message })}\n`);
  }
}
await memory.close();
await engine.close();
