import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AddRequest } from "../domain/requests.ts";
import { fingerprintOf } from "./fingerprint.ts";

const createDigest = () => createHash("sha256");

describe("fingerprintOf", () => {
  it("is the same for the same content and another for any difference", () => {
    const request = {
      messages: [{ role: "user", name: null, text: "I moved to Lisbon", attachments: null, saidAt: null }],
      scope: { userId: "ana" },
      metadata: { topic: "home" },
      infer: true,
      expirationDate: null,
      saidAt: 5,
    } as unknown as AddRequest;
    const [message] = request.messages as [AddRequest["messages"][number]];
    const variants: AddRequest[] = [
      request,
      { ...request, messages: [{ ...message, text: "I moved to Porto" }] },
      { ...request, messages: [{ ...message, role: "assistant" }] },
      { ...request, messages: [{ ...message, saidAt: 5 }] },
      { ...request, messages: [message, message] },
      { ...request, messages: [{ ...message, attachments: [{ type: "image", image: "aGk=" }] }] },
      { ...request, messages: [{ ...message, attachments: [{ type: "image", image: "aG8=" }] }] },
      { ...request, scope: { userId: "ben" } },
      { ...request, metadata: {} },
      { ...request, infer: false },
      { ...request, saidAt: 6 },
    ];
    const prints = variants.map((variant) => fingerprintOf(variant, createDigest));
    expect(new Set(prints).size).toBe(variants.length);
    expect(fingerprintOf(structuredClone(request), createDigest)).toBe(prints[0]);
    expect(prints[0]).toMatch(/^[\da-f]{32}$/u);
  });
});
