import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../domain/json-schema.ts";
import type { MemoryItem } from "../../domain/search-result.ts";
import { fillSchema } from "./fill-schema.ts";
import type { FilledSchema } from "./fill-schema.ts";
import { PatternCheck } from "./pattern-check.ts";

let count = 0;

/** A fact, each one said a minute after the one before. */
function fact(
  memory: string,
  slot?: readonly [attribute: string, value: string, subject?: string],
  more = {},
): MemoryItem {
  count += 1;
  const at = new Date(Date.UTC(2026, 0, 1, 0, count)).toISOString();
  const [attribute = "", value = "", subject = "user"] = slot ?? [];
  return {
    id: `m${count}`,
    memory,
    hash: "",
    createdAt: at,
    updatedAt: at,
    recordedAt: at,
    metadata: {},
    categories: [],
    kind: "fact",
    state: "active",
    isVerified: true,
    isImmutable: false,
    confidence: 0.9,
    sources: [],
    ...(slot === undefined ? {} : { attribute: { subject, attribute, value } }),
    ...more,
  };
}

const fillIn = (schema: JsonSchema, items: readonly MemoryItem[]): Promise<FilledSchema> =>
  fillSchema(schema, items, new PatternCheck(schema));

const fill = async (properties: object, items: readonly MemoryItem[]): Promise<Readonly<Record<string, unknown>>> =>
  (await fillIn({ properties }, items)).value;

describe("fillSchema", () => {
  it("reads names in every spelling, qualifiers, and names that mean the same", async () => {
    const items = [
      fact("User's favorite color is teal", ["favorite:color", "teal"]),
      fact("User works as a nurse", ["role", "nurse"]),
      fact("User's dog is called Rex", ["pet:dog", "rex"]),
      fact("User's email is a@example.org", ["email", "a@example.org"]),
    ];
    const text = { type: "string" };
    expect(
      await fill({ favoriteColor: text, "job-title": text, dog: text, Email_Address: text, color: text }, items),
    ).toEqual({
      favoriteColor: "teal",
      "job-title": "nurse",
      dog: "Rex",
      Email_Address: "a@example.org",
      color: "teal",
    });
  });

  it("takes the newest for one value and says which memory it is", async () => {
    const older = fact("User lives in Porto", ["residence", "porto"]);
    const newer = fact("User lives in Braga", ["residence", "braga"]);
    const { value, citations } = await fillIn({ properties: { city: {}, home: { type: "array" } } }, [newer, older]);
    expect(value).toEqual({ city: "Braga", home: ["Braga", "Porto"] });
    expect(citations).toEqual({ city: [newer.id], home: [newer.id, older.id] });
  });

  it("never fills the user's property with somebody else's fact, nor with what only sounds like it", async () => {
    const items = [
      fact("Ana lives in Lisbon", ["residence", "lisbon", "ana"]),
      fact("User visited a cityscape exhibition"),
    ];
    expect(await fill({ city: { type: "string" } }, items)).toEqual({ city: null });
  });

  it.each([
    ["1,200 euros", { type: "number" }, 1200],
    ["3.5 km", { type: "number" }, 3.5],
    ["3.5 km", { type: "integer" }, null],
    ["version 1.2.3", { type: "number" }, null],
    ["-4 degrees", { type: "integer" }, -4],
    ["none", { type: "number" }, null],
    ["yes", { type: "boolean" }, null],
    ["very dark", { enum: ["light", "dark"] }, "dark"],
    ["darkish", { enum: ["light", "dark"], default: "light" }, "light"],
  ])("gives %s as %o: %s", async (value, schema, expected) => {
    const item = fact(`User's rent is ${value}`, ["rent", value]);
    expect(await fill({ rent: schema }, [item])).toEqual({ rent: expected });
  });

  it("reads metadata as it is, keeps lists short where told, and each value once", async () => {
    const items = [
      fact("One", undefined, { metadata: { shelf: 4, isOpen: true, tags: ["a", "b"] } }),
      fact("Two", undefined, { metadata: { tags: ["b", "c"] } }),
    ];
    const filled = await fill(
      {
        shelf: { type: "integer" },
        isOpen: { type: "boolean" },
        tags: { type: "array" },
        facts: { type: "array", maxItems: 1 },
      },
      items,
    );
    expect(filled).toEqual({ shelf: 4, isOpen: true, tags: ["b", "c", "a"], facts: ["Two"] });
  });

  it("fills objects in lists, nested objects, and objects of attributes", async () => {
    const items = [fact("User likes jazz", ["likes", "jazz"]), fact("User likes rock", ["likes", "rock"])];
    const filled = await fill(
      {
        person: {
          type: "object",
          properties: { tastes: { type: "object", properties: { interests: { type: "array" } } } },
        },
        likes: { type: "array", items: { properties: { value: {}, memory_id: {}, price: { type: "number" } } } },
        preferences: { type: "object" },
      },
      items,
    );
    expect(filled).toEqual({
      person: { tastes: { interests: ["rock", "jazz"] } },
      likes: [
        { value: "rock", memory_id: items[1]?.id, price: null },
        { value: "jazz", memory_id: items[0]?.id, price: null },
      ],
      preferences: { likes: ["rock", "jazz"] },
    });
  });

  it("passes over what does not fit: patterns, bounds and formats", async () => {
    const items = [
      fact("Parcel one", undefined, { metadata: { zip: "90210", born: "1990-02-03", age: 34, codes: "AB-1" } }),
      fact("Parcel two", undefined, { metadata: { zip: "9021", born: "in spring", age: 340, codes: "nothing" } }),
    ];
    const schema = {
      zip: { type: "string", pattern: "^\\d{5}$" },
      born: { type: "string", format: "date" },
      age: { type: "integer", maximum: 130 },
      codes: { type: "array", items: { type: "string", pattern: "^[A-Z]{2}-\\d$" } },
    };
    expect(await fill(schema, items)).toEqual({ zip: "90210", born: "1990-02-03", age: 34, codes: ["AB-1"] });
    expect(await fill({ zip: { type: "string", pattern: "^x" } }, items)).toEqual({ zip: null });
  });

  it("looks at patterns for a bounded time, whoever made them", async () => {
    const items = Array.from({ length: 300 }, (_, index) =>
      fact("Parcel", undefined, { metadata: { note: `${"a".repeat(900)}${index}!` } }),
    );
    const start = performance.now();
    for (const pattern of ["^(a+)+$", "(a*)*b", "a{300}c", "(?:a?){800}c"])
      expect(await fill({ note: { type: "string", pattern } }, items)).toEqual({ note: null });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it("ends with schemas that do not", async () => {
    const loop = { $ref: "#" };
    expect((await fillIn(loop, [])).value).toEqual({});
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`p${index}`, {}]));
    expect(Object.keys(await fill(many, [])).length).toBeLessThanOrEqual(200);
  });
});
