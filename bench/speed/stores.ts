import { join } from "node:path";
import { Memory } from "../../src/index.ts";
import type { RunContext } from "./row.ts";
import { createSyntheticEmbedder } from "./synthetic-embedder.ts";
import { memoryText, tellingLine } from "./texts.ts";

/** Memories per `add` while a store is filled. */
const CHUNK = 1000;

export interface StoreShape {
  readonly users: number;
  readonly perUser: number;
  /** `words`: memories of 14 to 26 words; `chat`: every second one is a chat line that facts are compared with. */
  readonly content: "words" | "chat";
  /** `synthetic`: 384 dimensions; `builtin`: what a fresh machine has. */
  readonly embedder: "synthetic" | "builtin";
}

const built = new Map<string, string>();

/** The file of a store of that shape, filled through the public `add` with `infer: false` once per run. */
export async function storeFile(context: RunContext, shape: StoreShape): Promise<string> {
  const name = `${shape.users}x${shape.perUser}-${shape.content}-${shape.embedder}.db`;
  const path = join(context.folder, name);
  if (built.has(path)) return path;
  const memory = openStore(path, shape.embedder);
  await memory.search("opens the file", { filters: { user_id: userId(0) } });
  await fill(memory, shape, context.progress);
  await memory.close();
  built.set(path, path);
  return path;
}

export function openStore(path: string, embedder: StoreShape["embedder"]): Memory {
  return new Memory({
    dbPath: path,
    ...(embedder === "synthetic" ? { embedder: createSyntheticEmbedder() } : {}),
  });
}

export function userId(user: number): string {
  return `user-${user}`;
}

/** The text of one memory of a store; memories are numbered user by user. */
export function textAt(shape: StoreShape, number: number): string {
  const words = memoryText(number);
  // Some words of its own keep a line from being dropped as a repeat of another.
  return shape.content === "chat" && number % 2 === 0
    ? `${tellingLine(number)} ${words.split(" ", 5).join(" ")}`
    : words;
}

async function fill(memory: Memory, shape: StoreShape, progress: (text: string) => void): Promise<void> {
  const total = shape.users * shape.perUser;
  const start = performance.now();
  let told = start;
  for (let user = 0; user < shape.users; user += 1) {
    for (let first = 0; first < shape.perUser; first += CHUNK) {
      const count = Math.min(CHUNK, shape.perUser - first);
      const messages = Array.from({ length: count }, (_, at) => ({
        role: "user",
        content: textAt(shape, user * shape.perUser + first + at),
      }));
      await memory.add(messages, { userId: userId(user), infer: false });
      if (performance.now() - told < 2000) continue;
      told = performance.now();
      const done = user * shape.perUser + first + count;
      progress(`filling a store: ${done} of ${total}, ${Math.round((done / (told - start)) * 1000)} a second`);
    }
  }
}
