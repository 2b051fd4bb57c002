import { describe, expect, it } from "vitest";
import { maskSecrets } from "./mask-secrets.ts";
import { generateOrdinarySentences, seededRandom, TRICKY_TEXTS } from "../../test/support/ordinary-texts.ts";
import { COMMON_CARRIERS, PLANTED_KINDS, plantSecrets } from "../../test/support/planted-secrets.ts";

describe("maskSecrets", () => {
  it("leaves none of 500 planted secrets of more than 20 kinds", () => {
    const planted = plantSecrets(500, 7);
    expect(Object.keys(PLANTED_KINDS).length).toBeGreaterThan(20);
    const survivors = planted.filter(({ secret, text }) => maskSecrets(text).text.includes(secret));
    expect(survivors.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([]);
  });

  it("covers every carrier of every kind", () => {
    const random = seededRandom(11);
    const survivors = Object.entries(PLANTED_KINDS).flatMap(([kind, make]) =>
      (make(random).carriers ?? COMMON_CARRIERS).flatMap((carrier) =>
        Array.from({ length: 5 }, () => make(random).secret)
          .map((secret) => ({ secret, text: carrier.replace("§", () => secret) }))
          .filter(({ secret, text }) => maskSecrets(text).text.includes(secret))
          .map(({ text }) => `${kind}: ${text}`),
      ),
    );
    expect(survivors).toEqual([]);
  });

  it("touches fewer than 1 % of ordinary sentences", () => {
    const ordinary = [...TRICKY_TEXTS, ...generateOrdinarySentences(600, 3)];
    const touched = ordinary.filter((sentence) => maskSecrets(sentence).text !== sentence);
    expect(ordinary.length).toBeGreaterThan(750);
    expect(touched).toEqual([]);
  });

  it("changes nothing when it is applied again, and its spans point at the masks", () => {
    for (const { text } of plantSecrets(1000, 23)) {
      const once = maskSecrets(text);
      expect(maskSecrets(once.text)).toEqual({ text: once.text, masked: [] });
      for (const { kind, start, end } of once.masked) expect(once.text.slice(start, end)).toBe(`[masked:${kind}]`);
    }
  });

  it("masks several secrets in one text and keeps what stands around them", () => {
    const key = `sk-ant-api03-${"aB3".repeat(12)}`;
    const result = maskSecrets(`Alice uses ${key} and her password is hunter2, ok?`);
    expect(result.text).toBe("Alice uses [masked:anthropic-key] and her password is [masked:password], ok?");
    expect(result.masked.map((span) => span.kind)).toEqual(["anthropic-key", "password"]);
  });

  it("masks a seed phrase that lower-case words follow", () => {
    const seed = "acoustic adjust across action abuse across actress abstract access actual adjust actual";
    const { text } = maskSecrets(`my seed phrase is ${seed}\nplease keep it for me and never tell the others`);
    expect(text).not.toContain("actress");
    expect(text).toContain("for me and never tell the others");
  });

  it("masks an unclosed private key but not the text behind it", () => {
    const text = `-----BEGIN PRIVATE KEY-----\n${"MIIEvQIBADANBgkqhkiG9w0B\n".repeat(3)}That was my key, sorry about the mess.`;
    expect(maskSecrets(text).text).toBe("[masked:private-key]That was my key, sorry about the mess.");
  });

  it("masks a value of any length to its end", () => {
    const secret = `Zq7${"x9".repeat(3000)}`;
    expect(maskSecrets(`password=${secret}`).text).toBe("password=[masked:password]");
  });

  it.each([
    "password=",
    "password is ",
    "my password is my password ",
    "sk-",
    "eyJ",
    "a",
    "1",
    "1 ",
    "4111-",
    "://a:",
    "-----BEGIN PRIVATE KEY-----",
    "token token ",
    "seed phrase abandon ",
    "seed ",
    "key: ",
    "curl -u a ",
    "DE12 ",
    "authorization: ",
    "cookie: a=",
    "passphrase is word ",
    "code ",
    "backup codes ",
    "data:image/png;base64,",
    '"password": "',
    "ssn ",
    "密码",
    "AKIA",
    "AAAA",
    "mysql ",
    '\\"',
    "xoxb-",
    "123456 is my ",
    "api key for ",
  ])("finishes on a megabyte of %j", (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const result = maskSecrets(text);
    expect(result.masked.every((span) => span.end <= result.text.length)).toBe(true);
  });
});
