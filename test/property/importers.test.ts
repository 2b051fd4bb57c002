import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { IMPORTERS } from "../../src/cli/import/catalogue.ts";
import { Memory, MemoryError } from "../../src/index.ts";
import { ImportPlace, readImport } from "../support/import-place.ts";

const place = new ImportPlace();

afterAll(() => place.remove());

/** Names that one system or another looks for: what stands under them is anything. */
const NAMES = [
  "type", "name", "entityType", "observations", "from", "to", "relationType", "memories", "memory", "content", "id", "tags", "metadata", "history",
  "lossless_restatement", "persons", "mapping", "message", "author", "parts", "current_node", "chat_messages", "sender", "text", "sessions", "prompts",
  "summaries", "facts", "concepts", "created_at", "timestamp", "payload", "entities", "relations", "decisions", "source", "relationship", "destination",
  "start", "end", "labels", "properties", "user", "apps", "state", "containerTags", "memoryRelations", "memoryEntries", "supersedes", "mergedFrom",
] as const; // prettier-ignore

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(
      "entity",
      "relation",
      "relationship",
      "node",
      "decision",
      "create_entities",
      "user",
      "text",
      "",
      "x",
      0,
      -1,
      1e20,
      null,
      true,
    ),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { maxKeys: 6 }),
  ),
}));

const outcome = async (path: string, from: string, into: Memory): Promise<string> => {
  try {
    const { memories } = await readImport(path, { from, into });
    return memories.length === 0 ? "nothing" : "read";
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    // A source may be refused as it is read; what was read is never refused by the store.
    if (/Line \d+ of the import/u.test(error.message)) throw error;
    return "refused";
  }
};

test.each(IMPORTERS.map(({ name }) => name))(
  "%s: whatever JSON, lines or bytes a file holds, it is read or refused",
  async (from) => {
    const memory = new Memory({ dbPath: ":memory:" });
    const seen = new Set<string>();
    const file = fc.oneof(
      value.map((each) => JSON.stringify(each)),
      fc.array(value, { maxLength: 4 }).map((list) => list.map((each) => JSON.stringify(each)).join("\n")),
      fc.string({ unit: "binary", maxLength: 200 }),
    );
    let readings = 0;
    await fc.assert(
      fc.asyncProperty(file, async (text) => {
        readings += 1;
        const path = place.file(`${from}.json`, text);
        seen.add(await outcome(path, from, memory));
      }),
      { numRuns: 250 },
    );
    expect(readings).toBeGreaterThanOrEqual(250);
    expect(seen.size).toBeGreaterThan(0);
    // What was read is something that the store takes, whole.
    expect(await memory.verify()).toMatchObject({ problems: [] });
    await memory.close();
  },
);
