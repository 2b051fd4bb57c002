import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatReply, startProviderServer } from "../../test/support/provider-server.ts";
import type { ProviderServer, RecordedRequest } from "../../test/support/provider-server.ts";
import { readVerdict } from "./prompts.ts";
import { bleu1, tokenF1 } from "./scores.ts";

describe("scores", () => {
  it("compares words, whatever their case, articles and order", () => {
    expect(tokenF1("The red Kettle", "red kettle")).toBe(1);
    expect(tokenF1("kettle", "red kettle")).toBeCloseTo(2 / 3, 10);
    expect(tokenF1("blue", "red")).toBe(0);
    expect(tokenF1("7 May 2023", "7 May 2023.")).toBe(1);
    expect(tokenF1("no", "no")).toBe(1);
    expect(tokenF1("", "x")).toBe(0);
  });

  it("clips repeated words and punishes what is too short", () => {
    expect(bleu1("red red red", "red kettle pot")).toBeCloseTo(1 / 3, 10);
    expect(bleu1("red", "red kettle")).toBeCloseTo(Math.exp(-1), 10);
    expect(bleu1("red kettle", "red kettle")).toBe(1);
  });
});

describe("readVerdict", () => {
  it.each([
    ["RIGHT", true],
    ["wrong.", false],
    ["INCORRECT", false],
    ["**CORRECT**", true],
    ["It is right, not wrong", null],
    ["", null],
  ])("reads %j as %s", (said, verdict) => {
    expect(readVerdict(said)).toBe(verdict);
  });
});

const CORPUS = [
  {
    sample_id: "talk-1",
    conversation: {
      session_1_date_time: "1:56 pm on 8 May, 2023",
      session_1: [
        { speaker: "Ana", dia_id: "D1:1", text: "I bought a copper kettle in Porto yesterday." },
        { speaker: "Ben", dia_id: "D1:2", text: "My sister Ida moved to Oslo in March." },
      ],
    },
    qa: [
      { question: "What did Ana buy in Porto?", answer: "a copper kettle", evidence: ["D1:1"], category: 4 },
      { question: "Where does Ida live?", answer: "Oslo", evidence: ["D1:2"], category: 4 },
      { question: "What did Ben buy in Porto?", adversarial_answer: "a kettle", evidence: ["D1:1"], category: 5 },
    ],
  },
];

describe("npm run bench:qa", () => {
  let folder: string;
  let server: ProviderServer;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "recollect-qa-"));
    writeFileSync(join(folder, "talk.json"), JSON.stringify(CORPUS));
    server = await startProviderServer(scripted);
  });

  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (...more: string[]): Promise<string> => {
    const program = join(import.meta.dirname, "..", "qa.ts");
    const options = [
      "--model",
      "x/reader",
      "--judge",
      "x/judge",
      "--base-url",
      `${server.url}/v1`,
      "--out",
      join(folder, "rows.jsonl"),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, [
      program,
      join(folder, "talk.json"),
      ...options,
      ...more,
    ]);
    return stdout;
  };

  it("answers, grades, keeps every raw answer, and goes on where it was cut off", async () => {
    const report = await run();
    expect(report).toContain("2 of 2 vague answers rejected");
    const lines = readFileSync(join(folder, "rows.jsonl"), "utf8").trim().split("\n");
    expect(lines).toHaveLength(1 + 3 * 3);
    const rows = lines
      .slice(1)
      .map((line) => JSON.parse(line) as { source: string; answer: string; contextTokens: number });
    expect(rows.filter(({ answer }) => answer.includes("kettle")).length).toBeGreaterThanOrEqual(3);
    expect(rows.every(({ contextTokens }) => contextTokens > 5)).toBe(true);
    expect(report).toMatch(/Recollect at 2000 +2 +100\.0/u);
    expect(report).toMatch(/full context +2 +100\.0/u);

    const asked = server.requests.length;
    truncateSync(join(folder, "rows.jsonl"), readFileSync(join(folder, "rows.jsonl")).length - 20);
    await run();
    // One question again: the reader, two verdicts; and the vague answers.
    expect(server.requests.length - asked).toBe(3 + 2);
    await expect(run("--budget", "500")).rejects.toThrow("begun with another configuration");
  }, 60_000);

  it("says what it would cost, and asks nobody", async () => {
    const report = await run("--dry-run");
    expect(report).toMatch(/Recollect at 2000: 3 questions, about \d+ tokens to the reader/u);
    expect(server.requests).toHaveLength(0);
  }, 60_000);
});

/** A reader that looks for one of two words, and a judge that compares with the reference. */
function scripted(request: RecordedRequest): ReturnType<typeof chatReply> {
  const { messages } = request.body as { messages: { role: string; content: string }[] };
  const prompt = messages.map(({ content }) => content).join("\n");
  const [, asked = ""] = /Question: (.*)/u.exec(prompt) ?? [];
  const [, reference] = /Reference: (.*)/u.exec(prompt) ?? [];
  if (reference === undefined) {
    if (asked.includes("Ida") && prompt.includes("Oslo")) return chatReply("Oslo");
    return chatReply(asked.includes("Ana") && prompt.includes("kettle") ? "a copper kettle" : "not known");
  }
  const [, answer = ""] = /Answer: (.*)/u.exec(prompt) ?? [];
  return chatReply(answer.includes(reference.replace("a ", "")) ? "RIGHT" : "WRONG");
}
