import { expect, it } from "vitest";
import { Memory } from "../../src/memory.ts";

it("answers of whom the question means, whatever was said of others since", async () => {
  const memory = new Memory({ dbPath: ":memory:" });
  for (const line of ["Yara is Oskar's mother.", "Yara lives in Zurich.", "Oskar lives in Oslo."])
    await memory.add(line, { userId: "ana" });
  const { results } = await memory.search("Where does Oskar's mother live?", { filters: { user_id: "ana" } });
  expect(results[0]?.memory).toContain("Zurich");
  await memory.close();
});
