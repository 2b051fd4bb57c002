import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { Memory } from "../../src/index.ts";
import { answers, ImportPlace, readImport } from "../support/import-place.ts";
import { writeZip } from "../support/write-zip.ts";

const place = new ImportPlace();

afterAll(() => place.remove());

const START = Date.UTC(2023, 8, 14, 18, 0) / 1000;

const node = (id: string, parent: string | null, message: object | null): object => ({
  id,
  parent,
  children: [],
  message: message === null ? null : { id, ...message },
});
const said = (role: string, text: string, minute: number, more: object = {}): object => ({
  author: { role },
  create_time: START + minute * 60,
  recipient: "all",
  content: { content_type: "text", parts: [text] },
  metadata: {},
  ...more,
});

const CHATGPT = [
  {
    title: "Trip to Lisbon",
    create_time: START,
    conversation_id: "conv-1",
    current_node: "n6",
    mapping: {
      root: node("root", null, null),
      n1: node("n1", "root", said("system", "You are ChatGPT", 0)),
      n2: node("n2", "n1", said("user", "We stay at Pensão Londres from 3 May. What should we eat?", 1)),
      n3: node("n3", "n2", said("assistant", "Try bacalhau at Laurentina.", 2, { metadata: { model_slug: "gpt-4" } })),
      n4: node("n4", "n2", said("assistant", "Try sardines at Ramiro.", 3)),
      n5: node("n5", "n4", said("assistant", "search('Ramiro')", 4, { recipient: "browser" })),
      n6: node("n6", "n4", said("user", "My sister Inês is vegetarian and comes along. Ticket attached.", 5, {
        metadata: { attachments: [{ id: "file-1", name: "ticket.pdf" }] },
      })),
      n7: node("n7", "n4", said("assistant", "", 6)),
      n8: node("n8", "n4", { ...said("assistant", "secret plan", 7), content: { content_type: "thoughts", thoughts: [] } }),
    },
  },
  { title: "Empty", create_time: START, mapping: {} },
  { title: "Loop", create_time: START + 86_400, id: "conv-2", current_node: "a", mapping: {
    a: node("a", "b", said("user", "My flat has 64 square metres and a balcony.", 1500)),
    b: node("b", "a", said("assistant", "Noted: 64 square metres.", 1501)),
  } },
]; // prettier-ignore

const CLAUDE = [
  {
    uuid: "11111111-aaaa-4aaa-8aaa-000000000001",
    name: "Garden",
    created_at: "2024-02-10T08:00:00.000000Z",
    updated_at: "2024-02-10T08:10:00.000000Z",
    chat_messages: [
      { uuid: "11111111-aaaa-4aaa-8aaa-000000000002", sender: "human", text: "", created_at: "2024-02-10T08:00:00.123456Z",
        content: [{ type: "text", text: "My garden has clay soil and faces north. Which roses?" }], attachments: [{ file_name: "garden.jpg" }], files: [] },
      { uuid: "11111111-aaaa-4aaa-8aaa-000000000003", sender: "assistant", text: "Plant Souvenir du Docteur Jamain.", created_at: "2024-02-10T08:01:00.000000Z", content: [] },
      { uuid: "11111111-aaaa-4aaa-8aaa-000000000004", sender: "human", text: "  ", created_at: "2024-02-10T08:02:00.000000Z", content: [] },
    ],
  },
  { uuid: "11111111-aaaa-4aaa-8aaa-000000000005", name: "", chat_messages: [] },
]; // prettier-ignore

const QUESTIONS: readonly (readonly [string, RegExp])[] = [
  ["Where do we stay in Lisbon?", /Pensão Londres/u],
  ["From when do we stay at the Pensão?", /3 May/u],
  ["Who is vegetarian?", /Inês/u],
  ["Where should we eat sardines?", /Ramiro/u],
  ["Where is bacalhau good?", /Laurentina/u],
  ["How large is my flat?", /64 square/u],
  ["Does my flat have a balcony?", /balcony/u],
  ["What soil has my garden?", /clay/u],
  ["Which way does my garden face?", /north/u],
  ["Which rose was recommended?", /Jamain/u],
];

describe("archives of chats", () => {
  test("both archives: ten questions are answered with the turns themselves, a second import changes nothing", async () => {
    const memory = new Memory({ dbPath: ":memory:" });
    const paths = [
      place.file(
        "chatgpt.zip",
        writeZip([
          { name: "chat.html", content: "<html>" },
          { name: "conversations.json", content: JSON.stringify(CHATGPT) },
        ]),
      ),
      place.file(
        "claude.zip",
        writeZip([{ name: "data/conversations.json", content: JSON.stringify(CLAUDE), isStored: true }]),
      ),
    ];
    const read = [];
    for (const path of [...paths, ...paths]) read.push(await readImport(path, { into: memory }));
    expect(read.map(({ system, memories }) => [system, memories.length]).slice(0, 2)).toEqual([
      ["chatgpt", 6],
      ["claude-ai", 2],
    ]);
    for (const [question, expected] of QUESTIONS)
      expect((await answers(memory, question)).join("\n")).toMatch(expected);
    const { results } = await memory.getAll({ filters: { user_id: "ana" }, kinds: ["message"], pageSize: 100 });
    expect(results).toHaveLength(8);
    expect(await memory.verify()).toMatchObject({ problems: [] });
    await memory.close();
  });

  test("the branch that was seen last is the talk, others are marked; times, models and attachments are kept", async () => {
    const { memories, skipped, notes } = await readImport(place.file("conversations.json", CHATGPT));
    const byText = (part: string): unknown => memories.find(({ record }) => record.text.includes(part))?.record;
    expect(byText("Laurentina")).toMatchObject({
      kind: "message",
      role: "assistant",
      scope: { userId: "ana", runId: "conv-1" },
      saidAt: (START + 120) * 1000,
      metadata: { title: "Trip to Lisbon", model: "gpt-4", branch: "other" },
    });
    expect(byText("Inês")).toMatchObject({ metadata: { attachments: ["ticket.pdf"] } });
    expect(byText("Inês")).not.toMatchObject({ metadata: { branch: "other" } });
    expect(skipped).toEqual([{ row: "conversations.json, conversation 2", reason: "holds no message with a text" }]);
    expect(notes.join(" ")).toMatch(/2 conversations[^]*system prompts[^]*calls of tools/u);
    expect(JSON.stringify(memories)).not.toContain("secret plan");
  });

  test("ids of messages that are UUIDs are kept", async () => {
    const { memories } = await readImport(place.file("claude/conversations.json", CLAUDE));
    expect(memories.map(({ record }) => record.id)).toEqual([
      "11111111-aaaa-4aaa-8aaa-000000000002",
      "11111111-aaaa-4aaa-8aaa-000000000003",
    ]);
  });

  test("a file that was cut off gives what is whole, and says so", async () => {
    const text = JSON.stringify(CHATGPT);
    const { memories, skipped } = await readImport(
      place.file("cut/conversations.json", text.slice(0, text.length - 40)),
    );
    expect(memories).toHaveLength(4);
    expect(skipped.at(-1)?.reason).toContain("cut off");
  });

  test("an archive larger than what is held at once is read conversation by conversation", async () => {
    const many = Array.from({ length: 400 }, (_, index) => ({
      title: `Talk ${index}`,
      create_time: START + index,
      conversation_id: `many-${index}`,
      current_node: "x",
      mapping: {
        x: node(randomUUID(), null, {
          ...said("user", `Number ${index} "quoted" \\ {brace ${"x".repeat(5_000)}`, index),
        }),
      },
    }));
    const zip = writeZip([
      { name: "conversations-000.json", content: JSON.stringify(many.slice(0, 200)) },
      { name: "conversations-001.json", content: JSON.stringify(many.slice(200)) },
    ]);
    const { memories, skipped } = await readImport(place.file("many.zip", zip));
    expect(skipped).toEqual([]);
    expect(memories).toHaveLength(400);
  });
});

describe("zips that were made to do harm", () => {
  const bomb = Buffer.concat([
    Buffer.from('[{"mapping":{},"title":"'),
    Buffer.alloc(30_000_000, 0x61),
    Buffer.from('"}]'),
  ]);

  test.each([
    [
      "unpacks to far more than it holds",
      writeZip([{ name: "conversations.json", content: bomb }]),
      /such archives are refused/u,
    ],
    [
      "holds more than it says",
      writeZip([{ name: "conversations.json", content: bomb, size: 1_000 }]),
      /such archives are refused/u,
    ],
    [
      "ends too early",
      writeZip([{ name: "conversations.json", content: JSON.stringify(CHATGPT), size: 9_000_000 }]),
      /ends too early/u,
    ],
    [
      "has no table of contents",
      writeZip([{ name: "conversations.json", content: JSON.stringify(CHATGPT) }]).subarray(0, 300),
      /damaged zip/u,
    ],
  ])("one that %s is refused", async (_, bytes, words) => {
    await expect(readImport(place.file("evil.zip", bytes), { from: "chatgpt" })).rejects.toThrow(words);
  });

  test("names with paths in them are only looked at", async () => {
    const zip = writeZip([{ name: "../../../../tmp/conversations.json", content: JSON.stringify(CLAUDE) }]);
    expect((await readImport(place.file("paths.zip", zip))).memories).toHaveLength(2);
  });

  test("whatever byte of a zip is changed, it is read or refused", async () => {
    const zip = writeZip([{ name: "conversations.json", content: JSON.stringify(CLAUDE) }]);
    const readings = new Set<unknown>();
    for (let index = 0; index < zip.length; index += 7) {
      const path = place.file(
        "changed.zip",
        zip.map((byte, at) => (at === index ? byte ^ 0x55 : byte)),
      );
      const code = await readImport(path, { from: "claude-ai" }).then(
        () => "read",
        (error: unknown) => (error as { code?: unknown }).code,
      );
      readings.add(code);
    }
    expect(readings).toEqual(new Set(["read", "invalid_input"]));
  });
});
