import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MemoryError } from "../../errors.ts";
import { listStopWords } from "../../text/stop-words.ts";
import { createStaticEmbedder } from "./static-embedder.ts";

const TABLE_FILE = new URL("./word-vectors.bin", import.meta.url);
const embedder = createStaticEmbedder();

async function embedOne(text: string): Promise<Float32Array | null> {
  const [vector = null] = await embedder.embed([text], { purpose: "document" });
  return vector;
}

async function cosine(left: string, right: string): Promise<number> {
  const [a, b] = [await embedOne(left), await embedOne(right)];
  if (a === null || b === null) throw new Error(`No vector for "${left}" or "${right}".`);
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

/** No content word of the first text stands in the second or the third. */
const TRIPLES: readonly (readonly [text: string, related: string, unrelated: string])[] = [
  ["I bought a puppy", "Our dog needs a vet", "The train was late"],
  ["She plays the violin", "He practices piano every evening", "The soup needs salt"],
  ["My flight was cancelled", "We waited at the airport for hours", "Her baby sleeps well"],
  ["What can he eat?", "Vegetarian, no fish or meat", "The printer is out of ink"],
  ["I am allergic to nuts", "Peanuts make me sick", "The lecture starts at noon"],
  ["Where does she work?", "Her new job is at a hospital", "We painted the fence"],
  ["They got married in June", "The wedding was lovely", "The server crashed again"],
  ["My car broke down", "The mechanic fixed the engine", "I baked a chocolate cake"],
  ["He is studying for exams", "The university lectures are hard", "She planted tulips"],
  ["We went hiking in the mountains", "Our camping trip by the lake", "He signed the lease"],
  ["I love painting", "She sells her watercolors at a gallery", "The bus was crowded"],
  ["My son has a fever", "The doctor prescribed medicine for the child", "We won the lottery"],
  ["He quit smoking", "No more cigarettes for me", "The roof is leaking"],
  ["She runs marathons", "Training for a long race", "They adopted a budget"],
  ["I moved to Paris", "My apartment in France", "The guitar is out of tune"],
  ["The company laid off staff", "Workers lost their jobs", "A kitten climbed the curtain"],
  ["I read a mystery novel", "That book by the famous author", "The pool is cold"],
  ["We cooked pasta", "Recipe for tomato sauce", "His passport expired"],
  ["My grandmother died", "The funeral of his mother", "The software was updated"],
  ["He plays basketball", "She coaches the soccer team", "I need a haircut"],
  ["The software has a bug", "Our program crashes on this computer", "My aunt knits sweaters"],
  ["I need to save money", "Pay the credit card debt", "The violin concert was lovely"],
  ["She is afraid of spiders", "He gets scared of insects", "The invoice is overdue"],
  ["It will rain tomorrow", "Storm and snow in the forecast", "He repaired the laptop"],
  ["They are vegetarians", "I eat only vegetables and fruit", "The bridge was closed"],
  ["We watched a movie", "The film by that director", "My tooth hurts"],
  ["He enlisted in the army", "A soldier in the military", "She ordered dessert"],
  ["I am learning Spanish", "Practicing to speak the language", "The sink is clogged"],
  ["Her house was sold", "They rent an apartment", "He caught a trout"],
  ["My back hurts", "Pain in her shoulder and knee", "The museum was closed"],
];

describe("createStaticEmbedder", () => {
  it("puts each related text above the unrelated one", async () => {
    const wrong: string[] = [];
    for (const [text, related, unrelated] of TRIPLES) {
      if ((await cosine(text, related)) <= (await cosine(text, unrelated))) wrong.push(text);
    }
    expect(TRIPLES).toHaveLength(30);
    expect(wrong).toEqual([]);
  });

  it("gives unit vectors of the declared length, in the order of the texts", async () => {
    const texts = ["A red bicycle", "", "naïve café owners in São Paulo", "fish"];
    const vectors = await embedder.embed(texts, { purpose: "query" });
    expect(vectors.map((vector) => vector?.length)).toEqual([96, undefined, 96, 96]);
    expect(embedder.space.dimensions).toBe(96);
    for (const vector of vectors.filter((each) => each !== null)) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(vectors[3]).toEqual(await embedOne("fish"));
  });

  it("gives the same bits every time, in every instance", async () => {
    const again = await createStaticEmbedder().embed(["We walked along the river"], { purpose: "query" });
    expect(again).toEqual([await embedOne("We walked along the river")]);
  });

  it.each([
    ["nothing", ""],
    ["blank", " \n\t"],
    ["emoji", "😀🎉 👩‍👩‍👧"],
    ["numbers", "12 345 2023-05-08"],
    ["Chinese", "我昨天去了巴黎"],
    ["Japanese", "東京で寿司を食べた"],
    ["Russian", "Я вчера купил новую машину"],
    ["Arabic", "أحب القهوة"],
    ["German", "Ich war gestern mit meinem Bruder in Hamburg und wir haben viel Fisch gegessen"],
    ["French", "Je vais au marché avec ma mère ce matin"],
    ["Spanish", "Mi hermana vive en Madrid y trabaja en un hospital"],
    ["function words", "It's what you've got, isn't it? Hey, thanks!"],
    ["an invented word", "zqxvbl"],
    ["lone surrogates", "\ud800 \udfff"],
  ])("knows nothing of %s", async (_, text) => {
    expect(await embedOne(text)).toBeNull();
  });

  it("has no meaning for any English stop word, whatever its base forms", async () => {
    const words = [...listStopWords()].filter(([, { languages }]) => languages === 1);
    const vectors = await embedder.embed(
      words.map(([word]) => word),
      { purpose: "query" },
    );
    expect(words.filter((_, at) => vectors[at] !== null).map(([word]) => word)).toEqual([]);
  });

  it("reads case, accents, possessives and inflections as the same word", async () => {
    expect(await cosine("CAFÉ", "cafe")).toBeCloseTo(1, 5);
    expect(await cosine("the dog’s bowl", "dog bowl")).toBeCloseTo(1, 5);
    expect(await cosine("hikes", "hike")).toBeGreaterThan(0.6);
    expect(await cosine("She hugged him", "hug")).toBeCloseTo(1, 5);
  });

  it.each(
    "allergic allergies vegan peanut laptop recipe pregnancy therapist hiking knitting mortgage paris".split(" "),
  )("knows the word %s", async (word) => {
    expect(await embedOne(word)).not.toBeNull();
  });

  it("embeds a text of a megabyte", async () => {
    expect(await embedOne("The garden needs water. ".repeat(44_000))).toEqual(
      await embedOne("The garden needs water."),
    );
  });

  it("refuses when the signal is aborted", async () => {
    const refusal = embedder.embed(["dog"], { purpose: "query", signal: AbortSignal.abort() });
    await expect(refusal).rejects.toSatisfy((error) => MemoryError.isInstance(error) && error.code === "aborted");
  });

  it("keeps the table small and states where it is from", () => {
    expect(statSync(TABLE_FILE).size).toBeLessThanOrEqual(3_000_000);
    const adr = readFileSync(new URL("../../../docs/decisions/0004-built-in-embedder.md", import.meta.url), "utf8");
    expect(adr).toContain("Public Domain Dedication and License");
  });
});
