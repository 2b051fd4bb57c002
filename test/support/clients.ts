import { createRequire } from "node:module";
import { join } from "node:path";

/** Loads a package of test/clients: clients of others, which have an install of their own. */
export const requireClient: NodeJS.Require = createRequire(join(import.meta.dirname, "../clients/package.json"));

export type Json = Record<string, unknown>;

/** Mem0's client as far as it is used here; its own types name packages that are not installed. */
export type Mem0Client = Record<string, (...args: unknown[]) => Promise<never>>;

export function mem0Client({ key, url }: { readonly key: string; readonly url: string }): Mem0Client {
  const { MemoryClient } = requireClient("mem0ai") as { MemoryClient: new (options: object) => Mem0Client };
  return new MemoryClient({ apiKey: key, host: url });
}

export function callClient(client: Mem0Client, method: string, ...args: unknown[]): Promise<Json> {
  const found = client[method];
  if (found === undefined) throw new Error(`the client has no method ${method}`);
  return found.apply(client, args);
}
