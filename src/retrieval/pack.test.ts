import { describe, expect, it } from "vitest";
import { countTokens } from "../text/token-count.ts";
import { packLines } from "./pack.ts";
import type { ContextLine } from "./pack.ts";

const DAY = 86_400_000;

function line(id: string, text: string, over: Partial<ContextLine> = {}): ContextLine {
  return { ids: [id], text, saidAt: 0, session: "", order: 0, score: 1, ...over };
}

describe("packLines", () => {
  it("prints the oldest first under one heading per day", () => {
    const lines = [
      line("b", "Ben: later", { saidAt: DAY, score: 2 }),
      line("a", "Ann: earlier"),
      line("c", "Ann: last", { saidAt: DAY, order: 1 }),
    ];
    const packed = packLines({ lines, tokenBudget: 500, fenceTokens: 0, keepAll: false });
    expect(packed?.text).toBe("## 1 January 1970\nAnn: earlier\n## 2 January 1970\nBen: later\nAnn: last");
    expect(packed?.used.toSorted()).toEqual(["a", "b", "c"]);
  });

  it.each([30, 60, 123, 400])(
    "never exceeds %i tokens, fence included, and takes the best that fits",
    (tokenBudget) => {
      const lines = Array.from({ length: 40 }, (_, at) =>
        line(`${at}`, `Ann: ${"word ".repeat((at * 7) % 23)}日本語 ${at}`, {
          saidAt: (at % 9) * DAY,
          score: at === 21 ? 9 : 1 / (at + 1),
        }),
      );
      const packed = packLines({ lines, tokenBudget, fenceTokens: 12, keepAll: false });
      expect(countTokens(packed?.text ?? "") + 12).toBeLessThanOrEqual(tokenBudget);
      expect(packed?.used.includes("21")).toBe(tokenBudget > 30);
    },
  );

  it("keeps all or says that it cannot", () => {
    const lines = [line("a", "x".repeat(400))];
    expect(packLines({ lines, tokenBudget: 50, fenceTokens: 0, keepAll: true })).toBeNull();
    expect(packLines({ lines, tokenBudget: 200, fenceTokens: 0, keepAll: true })?.used).toEqual(["a"]);
  });

  it("gives standing instructions a tenth of the budget at most", () => {
    const instructions = Array.from({ length: 20 }, (_, at) => line(`i${at}`, `- Always answer in French, ${at}`));
    const packed = packLines({
      lines: [line("a", "Ann: hello")],
      instructions,
      tokenBudget: 400,
      fenceTokens: 0,
      keepAll: false,
    });
    const standing = packed?.text.split("## 1 January 1970")[0]?.trim() ?? "";
    expect(standing).toContain("## Standing instructions");
    expect(countTokens(standing)).toBeLessThanOrEqual(40);
    expect(packed?.used).toContain("a");
  });
});
