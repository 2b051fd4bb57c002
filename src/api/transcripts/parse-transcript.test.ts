import { describe, expect, it } from "vitest";
import { MemoryError } from "../../errors.ts";
import { parseTranscript } from "./parse-transcript.ts";

const at = (iso: string): number => Date.parse(iso) / 1000;

function refusal(text: string, fileName?: string): MemoryError {
  try {
    parseTranscript(text, fileName === undefined ? {} : { fileName });
  } catch (error) {
    if (MemoryError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("expected a refusal");
}

describe("JSONL", () => {
  it("groups by run_id and reads names, parts and times", () => {
    const { format, conversations, skipped } = parseTranscript(
      [
        '{"role":"user","content":"Hi, I am Ida.","name":"Ida","timestamp":1714557600,"run_id":"a"}',
        "",
        '{"role":"assistant","content":[{"type":"text","text":"Hello"},{"type":"image_url","image_url":{"url":"x"}},{"type":"text","text":"Ida!"}],"run_id":"a","timestamp":"2024-05-01T10:00:30Z"}',
        '{"role":"human","content":"Second session.","run_id":"b","timestamp":1714644000000}',
        '{"name":"Ugo","content":"No run, no role.","timestamp":null}',
      ].join("\r\n"),
    );
    expect(format).toBe("jsonl");
    expect(skipped).toEqual([]);
    expect(conversations).toEqual([
      {
        runId: "a",
        messages: [
          { role: "user", content: "Hi, I am Ida.", name: "Ida", timestamp: 1714557600 },
          { role: "assistant", content: "Hello\nIda!", timestamp: at("2024-05-01T10:00:30Z") },
        ],
      },
      { runId: "b", messages: [{ role: "user", content: "Second session.", timestamp: 1714644000 }] },
      { messages: [{ role: "user", content: "No run, no role.", name: "Ugo" }] },
    ]);
  });

  it("reports damaged lines by number and reads the rest", () => {
    const { conversations, skipped } = parseTranscript(
      [
        '{"role":"user","content":"cut off',
        '{"role":"user","content":"kept"}',
        "[1,2]",
        '{"role":"narrator","content":"x"}',
        '{"role":"user","content":"   "}',
        '{"role":"assistant","content":null,"tool_calls":[]}',
        '{"role":"user","content":"x","timestamp":"yesterday"}',
        '{"role":"user","content":"x","timestamp":"2024-02-30"}',
        "not json at all",
      ].join("\n"),
    );
    expect(conversations).toEqual([{ messages: [{ role: "user", content: "kept" }] }]);
    expect(skipped.map(({ line }) => line)).toEqual([1, 3, 4, 5, 6, 7, 8, 9]);
    expect(skipped[2]?.reason).toBe('role expects user, assistant, system or tool, got "narrator"');
    expect(skipped[5]?.reason).toBe('timestamp expects Unix seconds or an ISO date, got "yesterday"');
  });

  it("reads a single line, a JSON list and an object with messages", () => {
    const message = { role: "user", content: "alone" };
    expect(parseTranscript(JSON.stringify(message)).format).toBe("jsonl");
    for (const whole of [[message], { messages: [message] }]) {
      expect(parseTranscript(JSON.stringify(whole, null, 2))).toEqual({
        format: "messages",
        conversations: [{ messages: [message] }],
        skipped: [],
      });
    }
  });

  it("takes keys like __proto__ as data", () => {
    const { conversations } = parseTranscript(
      '{"__proto__":{"role":"user"},"role":"user","content":"x","run_id":"__proto__"}',
    );
    expect(conversations).toEqual([{ runId: "__proto__", messages: [{ role: "user", content: "x" }] }]);
  });
});

function node(id: string, parent: string | null, message: unknown, children: string[] = []): object {
  return { [id]: { id, parent, children, message } };
}

function said(role: string, text: string, time: number | null, extra: object = {}): object {
  return { author: { role }, create_time: time, content: { content_type: "text", parts: [text] }, ...extra };
}

function branchLength(value: object): number | undefined {
  return parseTranscript(JSON.stringify(value)).conversations[0]?.messages.length;
}

describe("ChatGPT export", () => {
  const conversation = {
    title: "Bread",
    conversation_id: "c-1",
    current_node: "edited",
    mapping: {
      ...node("root", null, null, ["system"]),
      ...node("system", "root", said("system", "You are helpful.", null), ["first"]),
      ...node("first", "system", said("user", "How long does dough rise?", 1714557600.25), ["tool", "old"]),
      ...node("old", "first", said("assistant", "The old branch.", 1714557601)),
      ...node("tool", "first", said("assistant", "search()", 1714557602, { recipient: "browser" }), ["edited"]),
      ...node("edited", "tool", {
        ...said("assistant", "", 1714557603),
        content: {
          content_type: "multimodal_text",
          parts: [{ content_type: "image_asset_pointer" }, "About an hour."],
        },
      }),
    },
  };

  it("follows the branch that was seen last", () => {
    expect(parseTranscript(JSON.stringify([conversation, { title: "odd" }]))).toEqual({
      format: "chatgpt",
      conversations: [
        {
          runId: "c-1",
          title: "Bread",
          messages: [
            { role: "user", content: "How long does dough rise?", timestamp: 1714557600 },
            { role: "assistant", content: "About an hour.", timestamp: 1714557603 },
          ],
        },
      ],
      skipped: [{ index: 1, reason: 'expects a conversation with a mapping, got "{"title":"odd"}"' }],
    });
  });

  it("survives a loop, a missing parent and a missing current node", () => {
    const broken = {
      id: "c-2",
      mapping: {
        ...node("a", "b", said("user", "one", 1), ["b"]),
        ...node("b", "a", said("assistant", "two", 2), ["a"]),
        ...node("leaf", "gone", said("user", "three", 3)),
      },
    };
    expect(branchLength(broken)).toBe(1);
    expect(branchLength({ ...broken, current_node: "b" })).toBe(2);
    expect(branchLength({ ...broken, current_node: "constructor" })).toBe(1);
  });
});

describe("Claude export", () => {
  it("reads content blocks, falls back to text and reports what holds none", () => {
    const exported = [
      {
        uuid: "u-1",
        name: "Garden",
        chat_messages: [
          { sender: "human", text: "When do I plant garlic?", created_at: "2024-10-02T08:00:00.123456Z" },
          {
            sender: "assistant",
            text: "",
            content: [
              { type: "thinking", thinking: "hm" },
              { type: "text", text: "In autumn." },
            ],
            created_at: "2024-10-02T08:00:05+00:00",
          },
          { sender: "human", text: "", content: [] },
        ],
      },
      { uuid: "u-2", name: "", chat_messages: [] },
    ];
    expect(parseTranscript(JSON.stringify(exported))).toEqual({
      format: "claude",
      conversations: [
        {
          runId: "u-1",
          title: "Garden",
          messages: [
            { role: "user", content: "When do I plant garlic?", timestamp: at("2024-10-02T08:00:00Z") },
            { role: "assistant", content: "In autumn.", timestamp: at("2024-10-02T08:00:05Z") },
          ],
        },
      ],
      skipped: [{ index: 2, conversation: "Garden", reason: "holds no text" }],
    });
  });
});

describe("plain text", () => {
  it("reads turns of several lines, roles and names", () => {
    const text = "User: I need a plan:\n- flour\n- Ingredients: salt\n\nstill me\nAssistant: Fine.\nUser: Thanks";
    expect(parseTranscript(text)).toEqual({
      format: "text",
      conversations: [
        {
          messages: [
            { role: "user", content: "I need a plan:\n- flour\n- Ingredients: salt\n\nstill me" },
            { role: "assistant", content: "Fine." },
            { role: "user", content: "Thanks" },
          ],
        },
      ],
      skipped: [],
    });
  });

  it("opens a session at a date heading and spaces its messages by a second", () => {
    const text = [
      "# Wednesday, 1 May 2024",
      "Ida: Hello",
      "Ugo: Hi",
      "2024-05-09",
      "",
      "--- May 3rd, 2024, 9:30 ---",
      "Ida: Later",
    ].join("\n");
    const { conversations } = parseTranscript(text, { fileName: "notes/friends.txt" });
    expect(conversations.map(({ runId, messages }) => [runId, messages])).toEqual([
      [
        "friends-1",
        [
          { role: "user", name: "Ida", content: "Hello", timestamp: at("2024-05-01T00:00:00Z") },
          // Without a blank line before it, a date is something that Ugo said.
          { role: "user", name: "Ugo", content: "Hi\n2024-05-09", timestamp: at("2024-05-01T00:00:01Z") },
        ],
      ],
      ["friends-2", [{ role: "user", name: "Ida", content: "Later", timestamp: at("2024-05-03T09:30:00Z") }]],
    ]);
  });

  it("takes only lines with times as turns where lines carry times", () => {
    const text =
      "[2024-05-01 10:00] Ida: The list\nBread: two\n[2024-05-01 10:02:05] Ugo: ok\n[2024-15-99 10:03] Ida: bad\nmore";
    const { conversations, skipped } = parseTranscript(text);
    expect(conversations[0]?.messages).toEqual([
      { role: "user", name: "Ida", content: "The list\nBread: two", timestamp: at("2024-05-01T10:00:00Z") },
      { role: "user", name: "Ugo", content: "ok", timestamp: at("2024-05-01T10:02:05Z") },
    ]);
    expect(skipped).toEqual([{ line: 4, reason: 'time expects a date like 2024-05-01 10:00, got "2024-15-99 10:03"' }]);
  });

  it("takes neither links nor labels for speakers, and names of any script", () => {
    const text = "Zoë Müller: look\nhttps://example.org/a\nNote: it is old\nwhat i mean: this\n李明: 好的";
    expect(parseTranscript(text).conversations[0]?.messages).toEqual([
      { role: "user", name: "Zoë Müller", content: "look\nhttps://example.org/a\nNote: it is old\nwhat i mean: this" },
      { role: "user", name: "李明", content: "好的" },
    ]);
  });

  it("ignores a byte order mark and reports text before the first speaker", () => {
    const { conversations, skipped } = parseTranscript("\uFEFFsome preface\nIda: Hello\nIda: Again");
    expect(conversations[0]?.messages).toHaveLength(2);
    expect(skipped).toEqual([{ line: 1, reason: 'expects "Name: text", got "some preface"' }]);
  });
});

describe("refusals", () => {
  it("say what was expected and what came", () => {
    expect(refusal("").code).toBe("invalid_input");
    expect(refusal(" \n\t").message).toContain("got an empty text");
    expect(refusal("just some prose without any speaker", "note.txt").message).toMatch(
      /^note\.txt expects JSONL of .*; got "just some prose without any speaker"\. First problem in line 1: expects "Name: text"/u,
    );
    expect(refusal("{}").message).toContain("role expects user, assistant, system or tool");
    expect(refusal("[]").code).toBe("invalid_input");
    expect(refusal('[{"title":"cut').message).toContain("not JSON");
    expect(refusal('{"mapping":{}}').message).toContain("holds no readable message");
    expect(refusal('{"chat_messages":[]}').code).toBe("invalid_input");
    expect(refusal(42 as unknown as string).message).toContain("got number");
  });

  it("come quickly for hostile input", () => {
    for (const text of [
      "\n".repeat(300_000),
      `${" ".repeat(300_000)}x`,
      `${"a".repeat(300_000)}:`,
      "[".repeat(100_000),
      "{".repeat(100_000),
    ]) {
      expect(refusal(text).code).toBe("invalid_input");
    }
  });
});
