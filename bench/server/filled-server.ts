import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Memory } from "../../src/index.ts";
import type { RunContext } from "../speed/row.ts";
import { userId } from "../speed/stores.ts";
import { memoryText } from "../speed/texts.ts";
import { HttpLoad } from "./http-load.ts";
import { startServerChild } from "./server-child.ts";
import type { ServerChild } from "./server-child.ts";

export interface FilledServer {
  readonly child: ServerChild;
  readonly key: string;
  /** The file of its project. */
  readonly store: string;
  readonly users: number;
  readonly perUser: number;
}

const filled = new Map<string, Pick<FilledServer, "key" | "store">>();

/**
 * A server whose project holds `users` times `perUser` memories, put there by the library before it starts; filled once
 * in a run, so that a later row finds besides what an earlier one added.
 */
export async function startFilledServer(
  context: RunContext,
  { users, perUser }: { readonly users: number; readonly perUser: number },
): Promise<FilledServer> {
  const folder = join(context.folder, `filled-${users}x${perUser}`);
  const known = filled.get(folder);
  if (known !== undefined) return { child: await startServerChild(folder, await freePort()), ...known, users, perUser };
  mkdirSync(folder, { recursive: true });
  const first = await startServerChild(folder, await freePort());
  const key = first.key ?? "";
  const load = new HttpLoad(first.url, key, 1);
  const { project_id: project } = JSON.parse((await load.send("GET", "/v1/ping/")).text) as { project_id: string };
  load.close();
  await first.stop();
  const store = join(folder, "projects", project, "memory.db");
  await fill(store, users, perUser, context.progress);
  filled.set(folder, { key, store });
  return { child: await startServerChild(folder, await freePort()), key, store, users, perUser };
}

async function fill(store: string, users: number, perUser: number, progress: (text: string) => void): Promise<void> {
  const memory = new Memory({ dbPath: store, durability: "relaxed" });
  let told = performance.now();
  for (let user = 0; user < users; user += 1) {
    const messages = Array.from({ length: perUser }, (_, at) => ({
      role: "user",
      content: memoryText(user * perUser + at),
    }));
    await memory.add(messages, { userId: userId(user), infer: false });
    if (performance.now() - told < 5_000) continue;
    told = performance.now();
    progress(`filling the project: ${(user + 1) * perUser} of ${users * perUser}`);
  }
  await memory.close();
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}
