import { hostileBytes, hostileHeaders, hostilePart, hostileValue } from "./server-fuzz-values.ts";
import { Choice, valueOf } from "./server-schema-values.ts";
import type { Known, Schema } from "./server-schema-values.ts";

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface FuzzRequest {
  readonly operation: string;
  readonly method: string;
  readonly target: string;
  readonly bytes: Buffer;
}

/** Ends what the run stands on: these are called with names that are not there. */
const SPARED = new Set(["deleteProject", "revokeKey", "rotateKey", "selfHostedRevokeKey"]);
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "M-SEARCH"];

type Random = () => number;

/** Malformed requests out of an OpenAPI document, without end. */
export class Fuzzer {
  readonly #operations: readonly { path: string; method: string; operation: Operation }[];
  readonly #keys: readonly string[];
  readonly #known: Known;
  readonly #random: Random;
  readonly #choice: Choice;

  constructor(document: OpenApi, options: { readonly keys: readonly string[]; known: Known; random: Random }) {
    this.#operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    );
    this.#keys = options.keys;
    this.#known = options.known;
    this.#random = options.random;
    this.#choice = new Choice(options.random);
  }

  next(): FuzzRequest {
    const { path, method, operation } = this.#choice.pick(this.#operations);
    const sent = this.#choice.chance(0.06) ? this.#choice.pick(METHODS) : method;
    const schema = operation.requestBody?.content["application/json"]?.schema;
    const target = this.#target(path, operation);
    const body =
      schema === undefined && !this.#choice.chance(0.1)
        ? null
        : this.#body(schema ?? { type: "object", properties: {} });
    return {
      operation: operation.operationId,
      method: sent,
      target,
      bytes: Buffer.concat([this.#head(sent, target, body), body ?? Buffer.alloc(0)]),
    };
  }

  #target(path: string, operation: Operation): string {
    const named = path.replaceAll(/\{(\w+)\}/gu, (_whole, name: string) => {
      const known = this.#known[name] ?? [];
      const isReal = known.length > 0 && !SPARED.has(operation.operationId) && this.#choice.chance(0.6);
      return isReal ? encodeURIComponent(this.#choice.pick(known)) : hostilePart(this.#random);
    });
    const query = operation.parameters
      .filter((parameter) => parameter.in === "query" && this.#choice.chance(0.5))
      .flatMap(({ name }) =>
        Array.from({ length: this.#choice.chance(0.1) ? 3 : 1 }, () => `${name}=${hostilePart(this.#random)}`),
      );
    if (this.#choice.chance(0.05)) query.push(`${hostilePart(this.#random)}=${hostilePart(this.#random)}`);
    const long = this.#choice.chance(0.02) ? "x".repeat(this.#choice.pick([2_000, 12_000, 100_000])) : "";
    return `${named}${long}${query.length === 0 ? "" : `?${query.join("&")}`}`;
  }

  #body(schema: Schema): Buffer {
    const roll = this.#random();
    if (roll < 0.15) return hostileBytes(this.#random);
    if (roll < 0.22) return Buffer.from(JSON.stringify(hostileValue(this.#random)) ?? "");
    const value = valueOf(schema, "", this.#choice, this.#known);
    const text = JSON.stringify(this.#choice.chance(0.85) ? this.#spoil(value) : value);
    // A text that ends too soon.
    return Buffer.from(this.#choice.chance(0.06) ? text.slice(0, Math.floor(this.#random() * text.length)) : text);
  }

  #head(method: string, target: string, body: Buffer | null): Buffer {
    const lines = [
      `${method} ${target} HTTP/1.1`,
      ...(this.#choice.chance(0.01) ? [] : ["Host: localhost"]),
      ...(this.#choice.chance(0.04) ? [] : [`Authorization: Token ${this.#choice.pick(this.#keys)}`]),
      ...(body === null ? [] : [`Content-Length: ${body.length}`]),
      ...(this.#choice.chance(0.1)
        ? [
            `Content-Type: ${this.#choice.pick(["text/plain", "multipart/form-data", "application/xml", "x", "application/json; charset=utf-7"])}`,
          ]
        : ["Content-Type: application/json"]),
      ...(this.#choice.chance(0.15) ? hostileHeaders(this.#random) : []),
      "Connection: close",
    ];
    return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  }

  /** The value with one place of it made wrong: taken away, added, or another's. */
  #spoil(value: unknown): unknown {
    if (typeof value !== "object" || value === null || this.#choice.chance(0.15)) return hostileValue(this.#random);
    const names = Object.keys(value);
    if (names.length === 0) return { [hostilePart(this.#random)]: hostileValue(this.#random) };
    const name = this.#choice.pick(names);
    const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
    const roll = this.#random();
    if (roll < 0.2) delete copy[name];
    else if (roll < 0.3) copy[decodeURIComponent("extra%00field")] = hostileValue(this.#random);
    else copy[name] = this.#spoil(copy[name]);
    return Array.isArray(value) ? Object.values(copy) : copy;
  }
}
