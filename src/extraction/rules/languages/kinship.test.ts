import { describe, expect, it } from "vitest";
import type { ExtractedFact } from "../../../domain/extracted-fact.ts";
import { spokenName } from "../../relations/spoken-name.ts";
import { createRulesExtractor } from "../../rules-extractor.ts";

async function factsIn(text: string): Promise<readonly ExtractedFact[]> {
  const message = { id: "m1", role: "user" as const, text, saidAt: Date.UTC(2024, 4, 6, 9) };
  return createRulesExtractor().extract([message], { before: [] });
}

async function relativesIn(text: string): Promise<readonly string[]> {
  return (await factsIn(text)).flatMap(({ attribute }) =>
    attribute === undefined ? [] : [`${attribute.subject} ${attribute.attribute} ${attribute.value}`],
  );
}

describe("relatives who are named", () => {
  it.each([
    ["Meine Schwester heißt Anna.", "user family:sister anna"],
    ["Meine Schwester Anna wohnt in Rom.", "user family:sister anna"],
    ["Anna ist meine Schwester.", "user family:sister anna"],
    ["Ich habe meine Cousine Rita getroffen.", "user family:cousin rita"],
    ["Ma sœur s'appelle Anne.", "user family:sister anne"],
    ["Je vis avec ma sœur Anne.", "user family:sister anne"],
    ["Mi hermana se llama Ana.", "user family:sister ana"],
    ["Mi hermana Ana vive en Madrid.", "user family:sister ana"],
    ["Mia sorella si chiama Anna.", "user family:sister anna"],
    ["La mia amica Giulia abita a Roma.", "user friend giulia"],
    ["Minha irmã se chama Ana.", "user family:sister ana"],
    ["O meu irmão João mora em Lisboa.", "user family:brother joão"],
    ["Mijn zus heet Anna.", "user family:sister anna"],
    ["Мою сестру зовут Анна.", "user family:sister анна"],
    ["Моя сестра Анна живёт в Москве.", "user family:sister анна"],
    ["Анна — моя сестра.", "user family:sister анна"],
    ["我姐姐叫王丽。", "user family:sister 王丽"],
    ["王丽是我姐姐。", "user family:sister 王丽"],
    ["私の姉の名前は花子です。", "user family:sister 花子"],
    ["妹は花子といいます。", "user family:sister 花子"],
    ["أختي اسمها فاطمة.", "user family:sister فاطمة"],
    ["فاطمة هي أختي.", "user family:sister فاطمة"],
  ])("%s", async (text, relative) => {
    expect(await relativesIn(text)).toContain(relative);
  });

  it.each([
    "Meine Frau ist Ärztin und arbeitet viel.",
    "Mi madre es profesora.",
    "Ma mère est médecin.",
    "姉は医者です。",
    "我姐姐是医生。",
    "我姐姐叫我去上海。",
    "Моя сестра живёт в Москве.",
    "أختي طبيبة.",
  ])("names nobody: %s", async (text) => {
    expect(await relativesIn(text)).toEqual([]);
  });

  it("keeps what else the sentence says", async () => {
    const texts = (await factsIn("Meine Schwester Anna wohnt in Rom.")).map(({ text }) => text);
    expect(texts).toEqual(["Nutzers Schwester Anna", "Nutzers Schwester Anna wohnt in Rom"]);
  });

  it("finds them by the word of any of these languages", () => {
    for (const name of ["meine Schwester", "mi hermana", "ma sœur", "我姐姐", "أختي", "моя сестра", "my sister"])
      expect(spokenName(name)).toBe("user's sister");
    expect(spokenName("mi casa")).toBe("mi casa");
  });
});
