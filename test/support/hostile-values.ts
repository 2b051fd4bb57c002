import * as fc from "fast-check";
import { Memory, MemoryError } from "../../src/index.ts";
import type { Embedder } from "../../src/index.ts";

/** What a caller without types may pass where something else is expected; each has a name for the test's title. */
export const WRONG_TYPES: readonly (readonly [string, unknown])[] = [
  ["a number", 42],
  ["not a number", Number.NaN],
  ["an infinite number", Number.POSITIVE_INFINITY],
  ["true", true],
  ["a bigint", 10n],
  ["a symbol", Symbol("s")],
  ["a function", () => "f"],
  ["an empty object", {}],
  ["an object without a prototype", Object.create(null)],
  ["a list", [1, [2], null]],
  ["a list with holes", Array(3)],
  ["a Map", new Map([["user_id", "alice"]])],
  ["a Date", new Date("2026-01-01")],
  ["an invalid Date", new Date(Number.NaN)],
  ["bytes", new Uint8Array(8)],
  ["an object whose toString throws", { toString: fail, valueOf: fail, [Symbol.toPrimitive]: fail }],
  [
    "an object whose getter throws",
    {
      get role(): string {
        return fail();
      },
    },
  ],
];

function fail(): never {
  throw new TypeError("thrown by the caller's own value");
}

/** Texts that break careless code. */
export const HOSTILE_TEXTS: readonly string[] = [
  "'; DROP TABLE memories; --",
  '"quoted" \\ back',
  "100% _like_",
  "../../etc/passwd",
  "{{template}} ${value}",
  "🦊👩‍👩‍👧‍👦🏳️‍🌈",
  "我用数据库",
  "مرحبا‏",
  "e\u0301 and é",
  "__proto__",
  "constructor",
  "null",
  "0",
  "-1e999",
  "a\u0000b",
  "half \ud800 a pair",
  "\udc00",
  "NEAR/2 AND OR NOT (",
  "*",
  "\u202e\u200b\ufeff",
  "<script>alert(1)</script>",
];

/** A value with something hostile in it, of any shape. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...WRONG_TYPES.map(([, value]) => value)),
  fc.constantFrom<unknown>(undefined, null, "", " ", ...HOSTILE_TEXTS),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.integer(),
  fc.double(),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
);

/** How a call ended. What is neither a result nor a MemoryError of a known code is a failure of the test. */
export interface Outcome {
  readonly code: string | null;
  readonly message: string;
  readonly result: unknown;
  /** Milliseconds of this process's CPU: what a busy machine adds to the wall clock says nothing about the call. */
  readonly took: number;
}

const CODES: readonly string[] = [
  "invalid_input", "not_found", "conflict", "unauthorized", "rate_limited", "timeout", "aborted", "provider_failed",
  "provider_invalid_output", "store_failed", "missing_dependency",
]; // prettier-ignore

export async function outcomeOf(call: () => unknown): Promise<Outcome> {
  const start = process.cpuUsage();
  const took = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  try {
    const result: unknown = await call();
    return { code: null, message: "", result, took: took() };
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw new Error("only a MemoryError may leave the library", { cause: error });
    if (!CODES.includes(error.code)) throw new Error(`${error.code} is no documented code`, { cause: error });
    if (error.message.length < 10 || error.message.length > 4000)
      throw new Error(`a text of ${error.message.length} characters helps nobody`, { cause: error });
    return { code: error.code, message: error.message, result: undefined, took: took() };
  }
}

/** Every row of a store, whoever it belongs to: equal before and after means that nothing was half-written. */
export async function contentsOf(memory: Memory): Promise<string> {
  let text = "";
  for await (const line of memory.export()) text += line;
  const { memories, history } = await memory.stats();
  return `${text}${JSON.stringify(memories)}${history}`;
}

/** An embedder of three dimensions that answers with whatever `embed` gives. */
export function embedderOf(embed: (texts: readonly string[]) => unknown): Embedder {
  return {
    space: {
      key: "test/hostile/3",
      provider: "test",
      model: "hostile",
      dimensions: 3,
      background: { mean: 0, deviation: 0.2 },
      weight: 1,
    },
    maxBatchSize: 8,
    embed: async (texts) => embed(texts) as never,
  };
}
