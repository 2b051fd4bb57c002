import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import { signedHeaders } from "../../src/server/webhooks/webhook-sender.ts";
import { read } from "../support/project-files.ts";

type Verify = (headers: Headers, body: string, secret: string) => boolean;

test("the page's code takes what a webhook sends, and nothing that was changed, is old or has another secret", async () => {
  const code = /```ts\n([\s\S]*?isFromRecollect[\s\S]*?)```/u.exec(read("docs/server.md"))?.[1] ?? "";
  const module = `data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(code))}`;
  const { isFromRecollect } = (await import(/* @vite-ignore */ module)) as { readonly isFromRecollect: Verify };
  const body = JSON.stringify({ event_details: { id: "1", data: { memory: "Ä 😀" }, event: "ADD" } });
  const sign = (now: number, secret = "whsec"): Headers =>
    new Headers(signedHeaders({ secret }, { number: 7 }, body, now));
  expect(isFromRecollect(sign(Date.now()), body, "whsec")).toBe(true);
  expect(isFromRecollect(sign(Date.now()), body.replace("ADD", "DELETE"), "whsec")).toBe(false);
  expect(isFromRecollect(sign(Date.now(), "other"), body, "whsec")).toBe(false);
  expect(isFromRecollect(sign(Date.now() - 600_000), body, "whsec")).toBe(false);
  expect(isFromRecollect(new Headers(), body, "whsec")).toBe(false);
});
