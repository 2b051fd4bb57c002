import { describe, expect, it } from "vitest";
import type { ExtractedFact } from "../../domain/extracted-fact.ts";
import { createRulesExtractor } from "../rules-extractor.ts";

async function slotsIn(text: string): Promise<readonly string[]> {
  const saidAt = Date.UTC(2024, 4, 6, 9);
  const message = { id: "m1", role: "user" as const, text, saidAt, language: "en" };
  const facts: readonly ExtractedFact[] = await createRulesExtractor().extract([message], { before: [] });
  return facts.flatMap(({ attribute }) =>
    attribute === undefined ? [] : [`${attribute.attribute} = ${attribute.value}`],
  );
}

describe("where, with whom and on what things are", () => {
  it.each([
    ["The bins go out on Tuesdays.", "schedule:bin = tuesdays"],
    ["My pension is with Aegon.", "with:pension = aegon"],
    ["The bakery belongs to Ana now.", "owner:bakery = ana"],
    ["The committee is chaired by Ms Farrow.", "lead:committee = ms farrow"],
    ["My passport's in the desk drawer.", "location:passport = desk drawer"],
    ["I moved my passport to the safe.", "location:passport = safe"],
    ["The app talks to Postgres now.", "talk to:application = postgres"],
    ["I keep my bike in the shed.", "location:bike = shed"],
    ["I've been moved up to the A team.", "team = a team"],
    ["I work nights at the depot.", "shift = nights"],
    ["The gym is Fitworks these days.", "gym = fitworks"],
    ["The shop is closed on Mondays.", "closed days:shop = mondays"],
    ["There are nine of us on the team now.", "count:team = nine"],
    ["I work at the harbour clinic in Cardiff.", "employer = harbour clinic"],
    ["The party is on Friday the 18th of October.", "schedule:party = 2024-10-18"],
    ["We're getting married on 6 September.", "schedule:wedding = 2024-09-06"],
    ["Still at Leeds City Council.", "employer = leeds city council"],
    ["My accountant's Birgit, she answers at once.", "accountant = birgit"],
    ["My job title's site engineer these days.", "role = site engineer"],
    ["I work 8 to 4 now.", "shift = 8 to 4"],
    ["Change of plan about the wedding. It's now on 20 September.", "schedule:wedding = 2024-09-20"],
  ])("%s", async (text, slot) => {
    expect(await slotsIn(text)).toContain(slot);
  });

  it.each([
    "My lips are sealed.",
    "My brother's Xbox.",
    "My mum's Christmas cake!",
    "The company's Berlin office.",
    "My boss's idea of fun.",
    "I'm on 20 to 30 mg.",
    "The last night there is the 7th of March.",
    "The news gets smaller every day.",
    "We looked at the spring market.",
    "The problem is React.",
    "Cats sleep in the sun.",
    "I think about it in the morning.",
  ])("says nothing of: %s", async (text) => {
    expect(await slotsIn(text)).toEqual([]);
  });
});
