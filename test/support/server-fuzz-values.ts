import { HOSTILE_TEXTS } from "./hostile-values.ts";

type Random = () => number;

const NUMBERS = [
  0,
  -0,
  -1,
  1.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  2 ** 64,
  -(2 ** 63),
  1e21,
];

/** A value of JSON that somebody did not think of. */
export function hostileValue(random: Random): unknown {
  const makers: readonly (() => unknown)[] = [
    () => pick(NUMBERS, random),
    () => pick(HOSTILE_TEXTS, random),
    () => pick(HOSTILE_TEXTS, random),
    () => null,
    () => random() < 0.5,
    () => "",
    () => " ",
    () => [],
    () => ({}),
    () => [null, 1, "x", [], {}],
    () => "x".repeat(100_000),
    () => nested(pick([10, 200, 1_000], random), "list"),
    () => nested(pick([10, 200, 1_000], random), "object"),
    () => nested(pick([10, 200, 1_000], random), "and"),
    () => Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`field${index}`, index])),
    () => Array.from({ length: 5_000 }, (_, index) => index),
    () => JSON.parse('{"__proto__":{"role":"owner"},"constructor":{"prototype":{"x":1}}}') as unknown,
    () => ({ user_id: { in: ["ann"] } }),
    () => ({ OR: [{ user_id: "*" }, { NOT: [{ user_id: "ann" }] }] }),
    () => ({ AND: [{ created_at: { gte: "yesterday", lte: 1e308 } }] }),
    () => [{ role: "user", content: pick(HOSTILE_TEXTS, random) }],
    () => [{ role: pick(HOSTILE_TEXTS, random), content: [{ type: "text", text: 1 }] }],
    () => "0000-00-00T99:99:99Z",
    () => "+275760-09-14T00:00:00Z",
    () => "http://[::1",
  ];
  return pick(makers, random)();
}

/** One part of a path or a query, as it stands in the request line. */
export function hostilePart(random: Random): string {
  return pick(
    [
      () => encodeSafely(pick(HOSTILE_TEXTS, random)),
      () => String(pick(NUMBERS, random)),
      () => "%00",
      () => "%ff%fe",
      () => "%zz",
      () => "%",
      () => "%ed%a0%80",
      () => "..%2f..%2fetc",
      () => "",
      () => "true",
      () => "01890000-0000-7000-8000-000000000000",
      () => "ann",
      () => "a%2Fb",
      () => "x".repeat(3_000),
      () => "{id}",
      () => "&&==",
      () => "1e999",
      () => "-1",
      () => "NaN",
      () => "%7B%22user_id%22%3A%22ann%22%7D",
      () => "%7B'a'%3A",
      () => "%F0%9F%A6%8A",
    ],
    random,
  )();
}

/** A body that is no JSON, or only just. */
export function hostileBytes(random: Random): Buffer {
  const makers: readonly (() => Buffer)[] = [
    () => Buffer.from([0xff, 0xfe, 0x00]),
    () => Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
    () => Buffer.from('{"query": "\\ud800", "messages": "\\udfff", "filters": {"user_id": "\\ud800"}}'),
    () => Buffer.from('{"query": "a\\u0000b", "messages": "a\\u0000b", "user_id": "a\\u0000b"}'),
    () => Buffer.from('{"query": 1e999, "messages": -1e999, "top_k": 1e999, "page": 1e999}'),
    () => Buffer.from('{"query":"a","query":"b","filters":{"user_id":"ann"},"filters":[]}'),
    () => Buffer.from("\u{FEFF}{}"),
    () => Buffer.from("{'query': 'x'}"),
    () => Buffer.from('{"query": NaN}'),
    () => Buffer.from("undefined"),
    () => Buffer.from("null"),
    () => Buffer.from("[]"),
    () => Buffer.from("{}"),
    () => Buffer.from(" "),
    () => Buffer.from("\0".repeat(2_000)),
    () => Buffer.from(`${"[".repeat(50_000)}${"]".repeat(50_000)}`),
    () => Buffer.from("[".repeat(50_000)),
    () => Buffer.from(`${'{"filters":'.repeat(20_000)}1${"}".repeat(20_000)}`),
    () => Buffer.from("--boundary\r\nContent-Disposition: form-data; name=x\r\n\r\n1\r\n--boundary--"),
    () => Buffer.from("query=a&user_id=b"),
    () => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
    () => Buffer.from(Array.from({ length: 500 }, () => Math.floor(random() * 256))),
  ];
  return pick(makers, random)();
}

/** Header lines that contradict, repeat or do not end. The connection is closed after each request. */
export function hostileHeaders(random: Random): readonly string[] {
  return pick<() => readonly string[]>(
    [
      () => ["Authorization: Token a", "Authorization: Bearer b"],
      () => ["X-API-Key: a", "X-API-Key: b"],
      () => ["Content-Type: text/html", "Content-Type: application/json"],
      () => ["Content-Length: 0", "Content-Length: 7"],
      () => ["Content-Length: -1"],
      () => ["Content-Length: 99999999999999999999"],
      () => ["Content-Encoding: gzip"],
      () => ["X-Request-ID: \u00ff\u00fe", `X-Request-ID: ${"r".repeat(300)}`],
      () => [`Idempotency-Key: ${"k".repeat(5_000)}`],
      () => ["Idempotency-Key: \u00e9\u00ff"],
      () => [`X-Long: ${"h".repeat(70_000)}`],
      () => Array.from({ length: 3_000 }, (_, index) => `X-Many-${index}: 1`),
      () => ["Host: other", "Host: third"],
      () => ["Host: a b c"],
      () => ["No colon here"],
      () => ["Bad Name: x"],
      () => ["X-Null: a\u0000b"],
      () => ["Transfer-Encoding: gzip, chunked"],
      () => ["Expect: 200-maybe"],
      () => ["Upgrade: websocket", "Sec-WebSocket-Key: x"],
      () => ["Origin: https://evil.example", "Access-Control-Request-Method: DELETE"],
      () => ["Cookie: session=%00; session=b; __Host-session=c"],
      () => ["Accept: application/xml", "Accept-Encoding: br;q=1e9"],
      () => ["Range: bytes=0-1,5-"],
    ],
    random,
  )();
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

function nested(depth: number, kind: "list" | "object" | "and"): unknown {
  let value: unknown = "deep";
  for (let level = 0; level < depth; level += 1)
    value = kind === "list" ? [value] : kind === "and" ? { AND: [value] } : { a: value };
  return value;
}

/** Lone surrogates cannot be percent-encoded: they stand as what they would be in bytes. */
function encodeSafely(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : "%ED%A0%80";
}
