import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { PROGRAM } from "./program.ts";

/** The protocol's generations that the official client speaks: 2025's handshake, and the stateless one of 2026. */
export type Era = "legacy" | { readonly pin: string };

export interface McpPeer {
  readonly client: Client;
  readonly pid: number;
  readonly errors: () => string;
  /** Calls a tool; the text that the model reads, what programs read, and whether it is an error. */
  call(name: string, input?: Record<string, unknown>): Promise<ToolReply>;
  close(): Promise<void>;
}

export interface ToolReply {
  readonly text: string;
  readonly data: Record<string, unknown>;
  readonly isError: boolean;
}

/** Nothing of this machine's own settings. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:RECOLLECT|MEM0)_/u.test(name));
  return { ...(Object.fromEntries(own) as Record<string, string>), ...extra };
}

/** `recollect mcp` as a client's configuration starts it. */
export async function connectStdio(
  args: readonly string[],
  {
    era = "legacy",
    cwd,
    env = {},
  }: { readonly era?: Era; readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<McpPeer> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [PROGRAM, "mcp", ...args],
    env: cleanEnvironment(env),
    stderr: "pipe",
    ...(cwd === undefined ? {} : { cwd }),
  });
  let errors = "";
  transport.stderr?.on("data", (piece: Buffer) => (errors += piece.toString()));
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: era } });
  await client.connect(transport);
  return {
    client,
    get pid() {
      return transport.pid ?? 0;
    },
    errors: () => errors,
    call: (name, input) => callTool(client, name, input),
    close: () => client.close(),
  };
}

export async function callTool(client: Client, name: string, input: Record<string, unknown> = {}): Promise<ToolReply> {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: input });
  const text = content.map((part) => (part.type === "text" ? part.text : `[${part.type}]`)).join("\n");
  return { text, data: (structuredContent ?? {}) as Record<string, unknown>, isError: isError === true };
}

/** The official client on a server's /mcp, with one of its keys. */
export async function connectHttp(
  url: string,
  key: string,
  {
    era = "legacy",
    query = "",
    path = "/mcp",
  }: { readonly era?: Era; readonly query?: string; readonly path?: string } = {},
): Promise<Omit<McpPeer, "pid" | "errors">> {
  const transport = new StreamableHTTPClientTransport(new URL(`${url}${path}${query}`), {
    requestInit: { headers: { authorization: `Bearer ${key}` } },
  });
  const client = new Client({ name: "test", version: "1" }, { versionNegotiation: { mode: era } });
  await client.connect(transport);
  return { client, call: (name, input) => callTool(client, name, input), close: () => client.close() };
}
