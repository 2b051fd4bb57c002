import type { z } from "zod";
import type { Memory } from "../memory.ts";
import type { Principal, KeyRole } from "./control/keys.ts";
import type { Project } from "./control/projects.ts";
import type { Services } from "./services.ts";

/** What a handler is given: who calls, the project's memory, and what was sent, checked. */
export interface Call<Query = unknown, Body = unknown> {
  readonly services: Services;
  readonly principal: Principal;
  readonly requestId: string;
  /** Percent-decoded parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The body as it comes in, where the route has no schema for it. */
  readonly stream: ReadableStream<Uint8Array> | null;
  readonly headers: Headers;
  /** The request's address as the client wrote it, for paging links. */
  readonly url: URL;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
  /** The project that the key, or a parameter the key may use, names. */
  readonly project: () => Project;
  readonly memory: () => Memory;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A reply: a value that is sent as JSON, or with its status, or a stream of lines. */
export type Reply =
  | { readonly status?: number; readonly json: unknown; readonly headers?: Readonly<Record<string, string>> }
  | {
      readonly lines: AsyncIterable<string>;
      readonly type: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly text: string; readonly type: string; readonly status?: number }
  /** Sent as it is, with the headers that every answer has. */
  | { readonly response: Response };

export interface Route {
  readonly method: Method;
  /** Ends with "/"; `{name}` stands for one part. */
  readonly path: string;
  /** Name of the operation in the OpenAPI document. */
  readonly operation: string;
  readonly summary: string;
  readonly tag: string;
  /** What a key needs; `public`: no key at all. */
  readonly role: KeyRole | "public";
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** True: the body may be left out. */
  readonly isBodyOptional?: boolean;
  /** Example of what a caller gets, for the document. */
  readonly reply?: z.ZodType;
  readonly status?: number;
  readonly handle: (call: Call) => Promise<Reply> | Reply;
}

interface TypedRoute<Query extends z.ZodType, Body extends z.ZodType> extends Omit<Route, "handle" | "query" | "body"> {
  readonly query?: Query;
  readonly body?: Body;
  readonly handle: (call: Call<z.infer<Query>, z.infer<Body>>) => Promise<Reply> | Reply;
}

/** A route whose handler sees its query and body in the types of their schemas. */
export function route<Query extends z.ZodType, Body extends z.ZodType>(definition: TypedRoute<Query, Body>): Route {
  // The app checks both before it calls the handler.
  return definition as unknown as Route;
}
