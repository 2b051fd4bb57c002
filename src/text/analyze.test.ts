import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyze, analyzeInChunks, analyzeQuery, MAX_QUERY_TERMS, TERM_PUNCTUATION } from "./analyze.ts";

function meets(query: string, document: string): boolean {
  const terms = new Set(analyze(document));
  return analyzeQuery(query).some((term) => terms.has(term));
}

describe("analyze", () => {
  it("drops stop words, possessives and apostrophes, then stems", () => {
    expect(analyze("Alice's dogs don't like running.")).toEqual(["alic", "dog", "like", "run"]);
    expect(analyze("It’s the dogs’ park")).toEqual(["dog", "park"]);
    expect(analyze("1,000 dollars")).toEqual(["1000", "dollar"]);
  });

  it("keeps a text of stop words alone findable", () => {
    expect(analyze("to be or not to be")).toEqual(["to", "be", "or", "not", "to", "be"]);
    expect(analyze("Wer war das?").length).toBeGreaterThan(0);
    expect(analyze("的")).toEqual(["的"]);
    expect(analyze("?! …")).toEqual([]);
    expect(analyze("")).toEqual([]);
  });

  it.each([
    ["camelCaseName", ["camelcasenam", "camel", "case", "name"]],
    ["XMLHttpRequest", ["xmlhttprequest", "xml", "http", "request"]],
    ["snake_case", ["snake_case", "snake", "case"]],
    ["src/foo/bar.ts", ["src/foo/bar.ts", "src", "foo", "bar", "ts"]],
    ["C:\\Users\\me", ["c:/users/me", "c", "user"]],
    ["C++,", ["c++", "c"]],
    ["(c#)", ["c#", "c"]],
    [".NET", [".net", "net"]],
    ["node.js", ["node.js", "node", "js"]],
    ["<ann@example.com>", ["ann@example.com", "ann", "exampl", "com"]],
    ["AB-991!", ["ab-991", "ab", "991"]],
    ["v1.2.3", ["v1.2.3", "v1", "v", "1", "2", "3"]],
    ["2023-05-08", ["2023-05-08", "2023", "5", "8"]],
    ["e-mail", ["email", "e", "mail"]],
    ["U.S.A.", ["usa"]],
    ["GPUs", ["gpu"]],
    ["well-known", ["well", "known"]],
    ["happy.Thanks", ["happi", "thank"]],
    ["wow...that", ["wow"]],
    ["#holiday @bob", ["holiday", "bob"]],
  ])("identifiers whole and split: %s", (text, terms) => {
    expect(analyze(text)).toEqual(terms);
  });

  it("treats names of object members as ordinary words", () => {
    expect(analyze("__proto__ constructor toString")).toContain("constructor");
    expect(analyze("hasOwnProperty")).toContain("hasownproperti");
    expect(analyze("__proto__")).toContain("proto");
  });

  describe("other scripts and languages", () => {
    it.each([
      // T-1: a word inside a sentence of a script without spaces
      ["寿司", "我昨天在东京吃了寿司"],
      ["猫", "彼女は猫が好きです"],
      ["代码", "我用 TypeScript 写代码"],
      ["TypeScript", "我用TypeScript写代码"],
      ["東京", "私は東京に住んでいます"],
      ["ラーメン", "昨日ラーメンを食べた"],
      ["ﾗｰﾒﾝ", "昨日ラーメンを食べた"],
      ["ข้าว", "ผมชอบกินข้าวมาก"],
      ["서울", "나는 서울에서 살아요"],
      // T-2: accents
      ["Munchen", "Sie wohnt in München"],
      ["Muenchen", "Sie wohnt in München"],
      ["München", "she lives in Munchen"],
      ["München", "she lives in Muenchen"],
      ["Orleans", "Il est né à Orléans"],
      ["cafe", "un café, s'il vous plaît"],
      ["CAFÉ", "a cafe"],
      ["homme", "L'homme est là"],
      ["Lodz", "Łódź"],
      ["strasse", "Die Straße ist lang"],
      // T-3: word forms
      ["кошки", "у меня есть кошка"],
      ["собака", "мы гуляли с собаками"],
      ["ежик", "ёжик в тумане"],
      ["Москва", "я живу в Москве"],
      ["كتاب", "قرأت الكتاب أمس"],
      ["المدرسة", "ذهبت الى مدرسة"],
      ["احمد", "أحمد يحب القهوة"],
      ["γάτες", "η γάτα μου"],
      ["नमस्ते", "नमस्ते दुनिया"],
      ["Haus", "Die Häuser sind sehr alt"],
      ["Häuser", "Das Haus ist nicht alt"],
      ["Wo ist die Katze?", "Unsere Katzen schlafen nicht sehr viel"],
      ["dove sono i gatti", "Il mio gatto non mangia"],
      ["los niños", "mi niño no come"],
      // T-4: emoji
      ["🍣", "we had 🍣 again"],
      ["👍", "👍🏽"],
      ["❤", "so nice ❤️"],
      ["🇩🇪", "flying to 🇩🇪🇫🇷"],
    ])("%s is found in: %s", (query, document) => {
      expect(meets(query, document)).toBe(true);
    });

    it.each([
      ["🍣", "🥦"],
      ["m", "München"],
      ["寿司", "彼女は猫が好きです"],
      ["кошка", "собака"],
    ])("%s is not found in: %s", (query, document) => {
      expect(meets(query, document)).toBe(false);
    });

    it("keeps vowel signs and syllables whole", () => {
      expect(analyze("हिन्दी")).toEqual(["हिन्दी"]);
      expect(analyze("が")).toEqual(["が"]);
      expect(analyze("한글")).toEqual(["한글"]);
      expect(analyze("йод")).toEqual(["йод"]);
    });

    it("follows a language that is given", () => {
      expect(analyze("Katzen", { language: "de" })).toEqual(["katzen", "katz"]);
      expect(analyze("Katzen", { language: "en" })).toEqual(["katzen"]);
      expect(analyze("Katzen", { language: "xx" })).toEqual(["katzen"]);
    });
  });

  it("cuts long words without confusing them", () => {
    const [first] = analyze("x".repeat(100_000));
    const [second] = analyze("x".repeat(99_999));
    expect(first).toHaveLength(64);
    expect(first).not.toBe(second);
    expect(analyze(`http://example.com/${"a/".repeat(200)}`).every((term) => term.length <= 64)).toBe(true);
  });

  it("gives terms that survive the index, for any string", () => {
    const allowed = new Set(TERM_PUNCTUATION);
    fc.assert(
      fc.property(fc.oneof(anyText(), mixedText()), (text) => {
        for (const term of analyze(text)) {
          expect(term.length).toBeGreaterThan(0);
          expect(term.length).toBeLessThanOrEqual(64);
          expect(term.isWellFormed()).toBe(true);
          expect(term).not.toMatch(/[\s"'\p{Cc}\p{Zs}]/u);
          expect(term).toBe(term.toLowerCase());
          const punctuation = [...term].filter((character) => /[!-/:-@[-`{-~]/u.test(character));
          expect(punctuation.filter((character) => !allowed.has(character))).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("does not depend on normal form, width or surrounding punctuation", () => {
    fc.assert(
      fc.property(mixedText(), (text) => {
        expect(analyze(text.normalize("NFD"))).toEqual(analyze(text.normalize("NFC")));
      }),
      { numRuns: 300 },
    );
    expect(analyze("“full” (ｆｕｌｌ) ﬁne")).toEqual(["full", "full", "fine"]);
  });

  it("gives the same terms in chunks", () => {
    const text = "The quick brown fox jumps over lazy dogs. ".repeat(50);
    const chunks = [...analyzeInChunks(text, { chunkSize: 100 })];
    expect(chunks.length).toBeGreaterThan(10);
    expect(chunks.flat()).toEqual(analyze(text));
    expect([...analyzeInChunks("")]).toEqual([]);
    expect([...analyzeInChunks("😀".repeat(10), { chunkSize: 3 })].flat()).toHaveLength(10);
  });
});

describe("analyzeQuery", () => {
  it("gives distinct terms, so many at most", () => {
    expect(analyzeQuery("dog dogs DOG cat")).toEqual(["dog", "cat"]);
    const many = Array.from({ length: 500 }, (_, index) => `word${index}`).join(" ");
    expect(analyzeQuery(many)).toHaveLength(MAX_QUERY_TERMS);
  });
});

/** Any sequence of UTF-16 units, lone surrogates included. */
function anyText(): fc.Arbitrary<string> {
  return fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((units) => String.fromCharCode(...units));
}

function mixedText(): fc.Arbitrary<string> {
  const part = fc.constantFrom(
    ..."a,B,7,é,ß,ü,İ,ﬃ,½,™,',’,\",.,-,_,/,\\,@,:,#,+,&, ,\n,\t,\u00a0,猫,が,ｶﾞ,한,ำ,ا,أ,ّ,й,ё,हि,🍣,👨‍👩‍👧,🇩🇪,️,Σ,ς,ŉ".split(
      ",",
    ),
    ",",
    "__proto__",
    "the",
    "Haus",
    "C++",
    "node.js",
  );
  return fc.array(part, { maxLength: 25 }).map((parts) => parts.join(""));
}
