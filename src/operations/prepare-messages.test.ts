import { describe, expect, it } from "vitest";
import { generateOrdinarySentences } from "../../test/support/ordinary-texts.ts";
import type { AddRequest } from "../domain/requests.ts";
import { RecallGuard } from "../text/recall-guard.ts";
import type { Engine } from "./engine.ts";
import { appendAttachments, prepareMessages } from "./prepare-messages.ts";
import type { PreparedMessage } from "./prepare-messages.ts";

describe("prepareMessages", () => {
  it("gives the event loop its turn while a long message is read", async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await prepare("The weather is mild and nothing happened.\n".repeat(12_000));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it("marks what was recalled, wherever it stands in a long message", async () => {
    const guard = new RecallGuard();
    const line = "- Alice moved to Lisbon with her two cats in March";
    guard.remember(line);
    const news = generateOrdinarySentences(1500, 6).join("\n");
    const text = `${news}\n${line}\n${news}\n${line}`;
    const message = await prepare(text, { guard });
    expect(message.text).toBe(text);
    expect(message.recalled.map(({ start, end }) => text.slice(start, end))).toEqual([line, line]);
  });

  it("masks secrets in short and long messages, and none when told so", async () => {
    const secret = "my password is hunter22";
    const long = `${"So it goes. ".repeat(5000)}${secret} ${"So it goes. ".repeat(5000)}`;
    expect((await prepare(secret)).text).toBe("my password is [masked:password]");
    expect((await prepare(long)).text).not.toContain("hunter22");
    expect((await prepare(secret, { maskSecrets: false })).text).toBe(secret);
  });

  it("drops a message of which nothing is left", async () => {
    const engine = engineOf({});
    const { messages } = await prepareMessages(engine, requestOf("<private>all of it</private>"));
    expect(messages).toEqual([]);
  });
});

describe("appendAttachments", () => {
  const read = "[document a]\nThe rent is 900 euros.";

  it("puts what was read behind what was said, as what nobody said", async () => {
    const engine = engineOf({});
    const { message, warnings } = await appendAttachments(engine, await prepare("Look"), read);
    expect(message).toMatchObject({ text: `Look\n\n${read}`, said: "Look", recalled: [] });
    expect(message.untrusted.map(({ start, end }) => message.text.slice(start, end))).toEqual([read]);
    expect(warnings).toEqual([]);
  });

  it("changes nothing where nothing was read", async () => {
    const message = await prepare("Look");
    expect(await appendAttachments(engineOf({}), message, "")).toEqual({ message, warnings: [] });
  });

  it("marks what was recalled at its place in the whole", async () => {
    const guard = new RecallGuard();
    const line = "- Alice moved to Lisbon with her two cats in March";
    guard.remember(line);
    const { message } = await appendAttachments(engineOf({ guard }), await prepare("Look"), `${read}\n${line}`);
    expect(message.recalled.map(({ start, end }) => message.text.slice(start, end))).toEqual([line]);
  });

  it("lets an open private part of the message hide nothing of the document, nor the other way round", async () => {
    const { message } = await appendAttachments(engineOf({}), await prepare("Look <private>at it"), read);
    expect(message.text).toBe(`Look\n\n${read}`);
    const other = await appendAttachments(engineOf({}), await prepare("Look"), `${read}<private>secret`);
    expect(other.message.text).toBe(`Look\n\n${read}`);
  });

  it("is cut to what a message may hold, never within a character, and left out where there is no room", async () => {
    const cut = await appendAttachments(engineOf({ maxMessageCharacters: 9 }), await prepare("Look"), "ab\u{1F600}cd");
    expect(cut.message.text).toBe("Look\n\nab");
    expect(cut.warnings).toEqual([
      "Of what the attachments of a message say, 3 of 6 characters were kept: a message has at most 9 (setting maxMessageCharacters).",
    ]);
    const none = await appendAttachments(engineOf({ maxMessageCharacters: 4 }), await prepare("Look"), read);
    expect(none.message).toMatchObject({ text: "Look", untrusted: [] });
    expect(none.warnings[0]).toContain("0 of 35 characters");
  });
});

interface Setting {
  readonly guard?: RecallGuard;
  readonly maskSecrets?: boolean;
  readonly maxMessageCharacters?: number;
}

async function prepare(text: string, setting: Setting = {}): Promise<PreparedMessage> {
  const { messages } = await prepareMessages(engineOf(setting), requestOf(text));
  expect(messages).toHaveLength(1);
  return messages[0] as PreparedMessage;
}

function engineOf({ guard = new RecallGuard(), maskSecrets = true, maxMessageCharacters = 1e6 }: Setting): Engine {
  return { guard, settings: { maskSecrets, maxMessageCharacters } } as unknown as Engine;
}

function requestOf(text: string): AddRequest {
  return { messages: [{ role: "user", name: null, text, attachments: null }], infer: true } as unknown as AddRequest;
}
