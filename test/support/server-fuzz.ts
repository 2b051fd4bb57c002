import { hostileBytes, hostileHeaders, hostilePart, hostileValue } from "./server-fuzz-values.ts";

/** A part of JSON Schema: what our document is made of. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Real values for the parts of paths, so that what stands behind them is reached. */
export type Known = Readonly<Record<string, readonly string[]>>;

export interface FuzzRequest {
  readonly operation: string;
  readonly method: string;
  readonly target: string;
  readonly bytes: Buffer;
}

/** Ends what the run stands on: these are called with names that are not there. */
const SPARED = new Set(["deleteProject", "revokeKey", "rotateKey"]);
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "M-SEARCH"];

type Random = () => number;

/** Malformed requests out of an OpenAPI document, without end. */
export class Fuzzer {
  readonly #operations: readonly { path: string; method: string; operation: Operation }[];
  readonly #keys: readonly string[];
  readonly #known: Known;
  readonly #random: Random;

  constructor(document: OpenApi, options: { readonly keys: readonly string[]; known: Known; random: Random }) {
    this.#operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    );
    this.#keys = options.keys;
    this.#known = options.known;
    this.#random = options.random;
  }

  next(): FuzzRequest {
    const { path, method, operation } = this.#pick(this.#operations);
    const sent = this.#chance(0.06) ? this.#pick(METHODS) : method;
    const schema = operation.requestBody?.content["application/json"]?.schema;
    const target = this.#target(path, operation);
    const body =
      schema === undefined && !this.#chance(0.1) ? null : this.#body(schema ?? { type: "object", properties: {} });
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
      const isReal = known.length > 0 && !SPARED.has(operation.operationId) && this.#chance(0.6);
      return isReal ? encodeURIComponent(this.#pick(known)) : hostilePart(this.#random);
    });
    const query = operation.parameters
      .filter((parameter) => parameter.in === "query" && this.#chance(0.5))
      .flatMap(({ name }) =>
        Array.from({ length: this.#chance(0.1) ? 3 : 1 }, () => `${name}=${hostilePart(this.#random)}`),
      );
    if (this.#chance(0.05)) query.push(`${hostilePart(this.#random)}=${hostilePart(this.#random)}`);
    const long = this.#chance(0.02) ? "x".repeat(this.#pick([2_000, 12_000, 100_000])) : "";
    return `${named}${long}${query.length === 0 ? "" : `?${query.join("&")}`}`;
  }

  #body(schema: Schema): Buffer {
    const roll = this.#random();
    if (roll < 0.15) return hostileBytes(this.#random);
    if (roll < 0.22) return Buffer.from(JSON.stringify(hostileValue(this.#random)) ?? "");
    const value = this.#value(schema, "", 0);
    const text = JSON.stringify(this.#chance(0.85) ? this.#spoil(value) : value);
    // A text that ends too soon.
    return Buffer.from(this.#chance(0.06) ? text.slice(0, Math.floor(this.#random() * text.length)) : text);
  }

  #head(method: string, target: string, body: Buffer | null): Buffer {
    const lines = [
      `${method} ${target} HTTP/1.1`,
      ...(this.#chance(0.01) ? [] : ["Host: localhost"]),
      ...(this.#chance(0.04) ? [] : [`Authorization: Token ${this.#pick(this.#keys)}`]),
      ...(body === null ? [] : [`Content-Length: ${body.length}`]),
      ...(this.#chance(0.1)
        ? [
            `Content-Type: ${this.#pick(["text/plain", "multipart/form-data", "application/xml", "x", "application/json; charset=utf-7"])}`,
          ]
        : ["Content-Type: application/json"]),
      ...(this.#chance(0.15) ? hostileHeaders(this.#random) : []),
      "Connection: close",
    ];
    return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  }

  /** A value that the schema allows. */
  #value(schema: Schema, name: string, depth: number): unknown {
    const { anyOf, enum: choices, properties, items } = schema;
    if (anyOf !== undefined && anyOf.length > 0) return this.#value(this.#pick(anyOf), name, depth);
    if (choices !== undefined && choices.length > 0) return this.#pick(choices);
    const type = typeof schema.type === "string" ? schema.type : schema.type?.[0];
    const known = this.#known[name];
    if (type === "string") return known === undefined || this.#chance(0.2) ? "a word or two" : this.#pick(known);
    if (type === "number" || type === "integer") return Math.floor(this.#random() * 50);
    if (type === "boolean") return this.#chance(0.5);
    if (type === "null") return null;
    if (type === "array") return depth > 3 ? [] : [this.#value(items ?? {}, name.replace(/s$/u, ""), depth + 1)];
    if (type === "object" && properties !== undefined)
      return Object.fromEntries(
        Object.entries(properties)
          .filter(([field]) => schema.required?.includes(field) === true || this.#chance(0.6))
          .map(([field, each]) => [field, this.#value(each, field, depth + 1)]),
      );
    return this.#pick<unknown>([{ user_id: "ann" }, [{ role: "user", content: "I live in Oslo." }], "text", 3]);
  }

  /** The value with one place of it made wrong: taken away, added, or another's. */
  #spoil(value: unknown): unknown {
    if (typeof value !== "object" || value === null || this.#chance(0.15)) return hostileValue(this.#random);
    const names = Object.keys(value);
    if (names.length === 0) return { [hostilePart(this.#random)]: hostileValue(this.#random) };
    const name = this.#pick(names);
    const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
    const roll = this.#random();
    if (roll < 0.2) delete copy[name];
    else if (roll < 0.3) copy[decodeURIComponent("extra%00field")] = hostileValue(this.#random);
    else copy[name] = this.#spoil(copy[name]);
    return Array.isArray(value) ? Object.values(copy) : copy;
  }

  #chance(share: number): boolean {
    return this.#random() < share;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}
