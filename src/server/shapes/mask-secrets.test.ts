import { describe, expect, it } from "vitest";
import { maskSecrets } from "./mask-secrets.ts";

describe("maskSecrets", () => {
  it("stars what may be a secret, at every depth, and leaves what only counts tokens", () => {
    const hidden = maskSecrets({
      llm: { provider: "openai", config: { apiKey: "sk-1", api_key: "sk-2", model: "m", maxOutputTokens: 5 } },
      list: [{ secretAccessKey: "sk-3", headers: { "x-custom": "sk-4" } }],
      modelBudget: { dailyTokens: 100 },
      baseURL: `https://${"u:sk-5"}@example.org/v1?sig=sk-6`,
      fetch: () => null,
      model: new Map([["a", "sk-7"]]),
    });
    expect(JSON.stringify(hidden)).not.toMatch(/sk-\d/u);
    expect(hidden).toMatchObject({
      llm: { provider: "openai", config: { model: "m", maxOutputTokens: 5 } },
      modelBudget: { dailyTokens: 100 },
    });
  });
});
