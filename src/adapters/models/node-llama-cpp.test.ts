import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { resolveEmbedder, resolveLanguageModel } from "./resolve-models.ts";

/** What the package was asked, which is not installed here: real weights are tried by hand (docs/models.md). */
const asked = vi.hoisted(() => ({ events: [] as unknown[], running: 0, mostRunning: 0 }));

vi.mock("node-llama-cpp", () => ({
  getLlama: async () => ({
    cpuMathCores: 3,
    createGrammarForJsonSchema: async (schema: { type?: string }) => {
      if (schema.type === undefined) throw new Error("unsupported");
      return { grammarOf: schema };
    },
    loadModel: async ({ modelPath }: { modelPath: string }) => {
      asked.events.push(["model", modelPath]);
      return {
        tokenize: (text: string) => text.split(" "),
        createContext: async (options: object) => {
          asked.events.push(["context", options]);
          return { getSequence: () => ({ clearHistory: async () => void asked.events.push("cleared") }) };
        },
        createEmbeddingContext: async () => ({
          getEmbeddingFor: async (text: string) => ({ vector: [text.length, 0] }),
        }),
      };
    },
  }),
  LlamaChatSession: class {
    readonly systemPrompt: string;
    constructor({ systemPrompt }: { systemPrompt: string }) {
      this.systemPrompt = systemPrompt;
    }
    async promptWithMeta(prompt: string, options: { signal?: AbortSignal }) {
      asked.running += 1;
      asked.mostRunning = Math.max(asked.mostRunning, asked.running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      asked.running -= 1;
      options.signal?.throwIfAborted();
      asked.events.push(["prompt", this.systemPrompt, prompt, options]);
      return { responseText: `answer to ${prompt}`, stopReason: prompt === "long" ? "maxTokens" : "eogToken" };
    }
    dispose(options: object) {
      asked.events.push(["disposed", options]);
    }
  },
}));

const folder = mkdtempSync(join(tmpdir(), "recollect-gguf-"));
const file = join(folder, "tiny.gguf");
writeFileSync(file, "");
const call = { purpose: "extraction", instructions: "Find facts." } as const;

beforeEach(() => {
  asked.events.length = 0;
  asked.mostRunning = 0;
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("loads once, answers one at a time, each without what was said before", async () => {
  const model = resolveLanguageModel({ provider: "gguf", model: file, contextSize: 512 });
  expect(model).toMatchObject({ provider: "node-llama-cpp", model: "tiny.gguf", canSeeImages: false });
  const answers = await Promise.all(["one two", "long"].map((prompt) => model.generate({ ...call, prompt })));
  expect(answers).toMatchObject([
    { text: "answer to one two", finishReason: "stop", usage: { inputTokens: 4, outputTokens: 4 } },
    { text: "answer to long", finishReason: "length" },
  ]);
  expect(asked.mostRunning).toBe(1);
  const names = asked.events.map((event) => (Array.isArray(event) ? (event[0] as unknown) : event));
  expect(names).toEqual(["model", "context", "cleared", "prompt", "disposed", "cleared", "prompt", "disposed"]);
  expect(asked.events[1]).toEqual(["context", { contextSize: 512, threads: 3 }]);
  expect(asked.events.at(-1)).toEqual(["disposed", { disposeSequence: false }]);
});

test("a schema is a grammar and stands in the instructions; one that no grammar can hold, in them alone", async () => {
  const model = resolveLanguageModel({ provider: "node-llama-cpp", model: file, maxTokens: 9, temperature: 0.2 });
  await model.generate({ ...call, prompt: "a", output: { name: "facts", schema: { type: "object" } } });
  await model.generate({ ...call, prompt: "b", output: { name: "facts", schema: {} } });
  const [first, second] = asked.events.filter((event) => Array.isArray(event) && event[0] === "prompt") as unknown[][];
  expect(first?.[1]).toContain("JSON Schema");
  expect(first?.[3]).toEqual({ grammar: { grammarOf: { type: "object" } }, maxTokens: 9, temperature: 0.2 });
  expect(second?.[1]).toContain("JSON Schema");
  expect(second?.[3]).toEqual({ maxTokens: 9, temperature: 0.2 });
});

test("ends with its signal, and the next call is answered", async () => {
  const model = resolveLanguageModel({ provider: "gguf", model: file });
  const late = model.generate({ ...call, prompt: "late", signal: AbortSignal.timeout(1) });
  const next = model.generate({ ...call, prompt: "next" });
  await expect(late).rejects.toMatchObject({ code: "timeout" });
  expect((await next).text).toBe("answer to next");
});

test("a file that is not there is told", async () => {
  const model = resolveLanguageModel({ provider: "gguf", model: join(folder, "none.gguf") });
  await expect(model.generate({ ...call, prompt: "a" })).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringMatching(/none\.gguf is not there/u) as unknown,
  });
});

test("embeds one text after the other", async () => {
  const embedder = resolveEmbedder({ provider: "gguf", model: file });
  expect(await embedder.embed(["a", "bb"], { purpose: "document" })).toEqual([
    Float32Array.of(1, 0),
    Float32Array.of(1, 0),
  ]);
  expect(embedder.space.key).toBe("node-llama-cpp/tiny.gguf/2");
});
