import { describe, expect, it } from "vitest";
import { generateOrdinarySentences, seededRandom } from "../../test/support/ordinary-texts.ts";
import { plantSecrets } from "../../test/support/planted-secrets.ts";
import { maskSecretsInSteps } from "./mask-in-steps.ts";
import { maskSecrets } from "./mask-secrets.ts";
import type { MaskedText } from "./mask-secrets.ts";

describe("maskSecretsInSteps", () => {
  it("masks 500 secrets in a long text as the whole text at once would", () => {
    const planted = plantSecrets(500, 31);
    const ordinary = generateOrdinarySentences(4000, 5);
    const text = ordinary
      .map((sentence, at) => `${sentence}\n${planted[at % 8 === 0 ? at / 8 : -1]?.text ?? ""}\n`)
      .join("");
    const { result, steps } = runSteps(text);
    expect(steps).toBeGreaterThan(3);
    // Short codes may stand elsewhere by chance.
    const long = planted.filter(({ secret }) => secret.length >= 10);
    expect(long.length).toBeGreaterThan(200);
    expect(long.filter(({ secret }) => result.text.includes(secret))).toEqual([]);
    expect(result).toEqual(maskSecrets(text));
  });

  it("finds a secret wherever it stands against the border of two steps", () => {
    const random = seededRandom(3);
    const secret = `sk-ant-api03-${"aB3".repeat(40)}`;
    const filler = "lorem ipsum dolor sit amet ".repeat(2400);
    for (let round = 0; round < 120; round += 1) {
      const place = 41_000 + Math.floor(random() * 14_000);
      const text = `${filler.slice(0, place)} my password is hunter22, ${secret} ${filler.slice(place)}`;
      const { result } = runSteps(text);
      expect(result.text).not.toContain("hunter22");
      expect(result.text).not.toContain("aB3aB3");
    }
  });

  it("masks a value longer than a step to its end", () => {
    const text = `${"word ".repeat(9500)}password=Zq7${"x9".repeat(60_000)} and on ${"word ".repeat(9500)}`;
    const { result } = runSteps(text);
    expect(result.text).not.toContain("x9x9");
    expect(result.text).toContain(" and on ");
  });

  it("masks a private key that lies across two steps, and keeps the text behind it", () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${`${"MIIEvQIBADANBgkq".repeat(4)}\n`.repeat(60)}-----END PRIVATE KEY-----`;
    for (const before of [46_000, 47_000, 47_900]) {
      const text = `${"x y ".repeat(before / 4)}${key}\nThat was my key.\n${"word ".repeat(12_000)}`;
      expect(runSteps(text).result.text).toContain("[masked:private-key]\nThat was my key.");
    }
  });

  it("returns a text without secrets as it is", () => {
    const text = "Nothing to see here.\n".repeat(10_000);
    expect(runSteps(text).result).toEqual({ text, masked: [] });
    expect(runSteps("").result).toEqual({ text: "", masked: [] });
  });
});

function runSteps(text: string): { result: MaskedText; steps: number } {
  const run = maskSecretsInSteps(text);
  for (let steps = 1; ; steps += 1) {
    const step = run.next();
    if (step.done === true) return { result: step.value, steps };
  }
}
