import { describe, expect, it } from "vitest";
import { createRulesExtractor } from "../rules-extractor.ts";

async function slotsIn(text: string): Promise<readonly string[]> {
  const saidAt = Date.UTC(2024, 4, 6, 9);
  const message = { id: "m1", role: "user" as const, text, saidAt, language: "en" };
  const facts = await createRulesExtractor().extract([message], { before: [] });
  return facts.flatMap(({ attribute }) =>
    attribute === undefined ? [] : [`${attribute.attribute} = ${attribute.value} (${attribute.cardinality})`],
  );
}

describe("what one can do in two places at once", () => {
  it.each([
    ["I volunteer at a homeless shelter.", "volunteers at = homeless shelter (multiple)"],
    ["I'm volunteering at a local dog shelter once a month.", "volunteers at = local dog shelter (multiple)"],
    ["I'm training for a marathon.", "training for = marathon (multiple)"],
  ])("%s", async (text, slot) => {
    expect(await slotsIn(text)).toContain(slot);
  });
});
