import type { CreateDigest } from "../domain/history-chain.ts";
import type { AddRequest } from "../domain/requests.ts";

/** Tells two adds apart that claim the same idempotency key: 128 bits of a digest over what would be stored. */
export function fingerprintOf(request: AddRequest, createDigest: CreateDigest): string {
  const { scope, metadata, infer, expirationDate, saidAt, messages } = request;
  const digest = createDigest().update(JSON.stringify([scope, metadata, infer, expirationDate, saidAt]));
  for (const { role, name, text, attachments, saidAt: own } of messages) {
    const parts = attachments === null ? [role, name, text] : [role, name, text, attachments];
    digest.update(JSON.stringify(own === null ? parts : [...parts, { saidAt: own }]));
  }
  return Array.from(digest.digest().subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
