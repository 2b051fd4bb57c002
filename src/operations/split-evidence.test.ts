import { describe, expect, it } from "vitest";
import { recordOf } from "../../test/support/store-fixtures.ts";
import { joinSources, splitEvidence } from "./split-evidence.ts";

const SAID = "Look at this";
const READ = "[document]\nDie Miete der Wohnung ist neunhundert Euro, und der Vertrag ist von Anna.";
const untrusted = [{ start: SAID.length + 2, end: SAID.length + 2 + READ.length }];

describe("splitEvidence", () => {
  it("leaves a message without attachments whole", () => {
    const record = recordOf(SAID, { userId: "u" }, { language: "en" });
    const parts = splitEvidence(record, []);
    expect(parts).toHaveLength(1);
    expect(parts[0]).toMatchObject({
      start: 0,
      isUntrusted: false,
      message: { id: record.id, text: SAID, language: "en" },
    });
  });

  it("makes messages of their own of what was said and what was read, each in its language", () => {
    const record = recordOf(`${SAID}\n\n${READ}`, { userId: "u" }, { language: "de", role: "user", name: "Ana" });
    const [said, read, ...more] = splitEvidence(record, untrusted);
    expect(more).toEqual([]);
    expect(said).toMatchObject({ isUntrusted: false, message: { id: record.id, name: "Ana", saidAt: record.saidAt } });
    expect(said?.message.text.trim()).toBe(SAID);
    expect(said?.message.language).not.toBe("de");
    expect(read).toMatchObject({ start: SAID.length + 2, isUntrusted: true, message: { text: READ, language: "de" } });
    expect(read?.message.id).not.toBe(record.id);
  });

  it("is what was read alone where nothing was said", () => {
    const record = recordOf(READ, { userId: "u" });
    const parts = splitEvidence(record, [{ start: 0, end: READ.length }]);
    expect(parts.map(({ isUntrusted, message: { id } }) => ({ isUntrusted, id }))).toEqual([
      { isUntrusted: true, id: record.id },
    ]);
  });
});

describe("joinSources", () => {
  it("names places in the stored message, each message once, and leaves others alone", () => {
    const record = recordOf(`${SAID}\n\n${READ}`, { userId: "u" });
    const parts = splitEvidence(record, untrusted);
    const byId = new Map(parts.map((part) => [part.message.id, part]));
    const [said, read] = parts;
    const sources = joinSources(
      [
        { messageId: read?.message.id ?? "", spans: [{ start: 11, end: 20 }] },
        { messageId: "before", spans: [{ start: 1, end: 2 }] },
        { messageId: said?.message.id ?? "", spans: [{ start: 0, end: 4 }] },
      ],
      byId,
    );
    expect(sources.map(({ messageId }) => messageId)).toEqual([record.id, "before"]);
    expect(sources[0]?.spans.map(({ start, end }) => record.text.slice(start, end))).toEqual(["Look", "Die Miete"]);
    expect(sources[1]?.spans).toEqual([{ start: 1, end: 2 }]);
  });
});
