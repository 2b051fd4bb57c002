import { describe, expect, it } from "vitest";
import { generateOrdinarySentences } from "../../test/support/ordinary-texts.ts";
import type { AddRequest } from "../domain/requests.ts";
import { RecallGuard } from "../text/recall-guard.ts";
import type { Engine } from "./engine.ts";
import { prepareMessages } from "./prepare-messages.ts";
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

interface Setting {
  readonly guard?: RecallGuard;
  readonly maskSecrets?: boolean;
}

async function prepare(text: string, setting: Setting = {}): Promise<PreparedMessage> {
  const { messages } = await prepareMessages(engineOf(setting), requestOf(text));
  expect(messages).toHaveLength(1);
  return messages[0] as PreparedMessage;
}

function engineOf({ guard = new RecallGuard(), maskSecrets = true }: Setting): Engine {
  return { guard, settings: { maskSecrets } } as unknown as Engine;
}

function requestOf(text: string): AddRequest {
  return { messages: [{ role: "user", name: null, text, attachments: null }], infer: true } as unknown as AddRequest;
}
