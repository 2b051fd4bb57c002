import type { AddRequest } from "../domain/requests.ts";

/** Tells two adds apart that claim the same idempotency key: a 64-bit FNV-1a over what would be stored. */
export function fingerprintOf(request: AddRequest): string {
  const text = JSON.stringify([
    request.messages.map(({ role, name, text: content }) => [role, name, content]),
    request.scope,
    request.metadata,
    request.infer,
    request.expirationDate,
    request.saidAt,
  ]);
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return `${hash.toString(16).padStart(16, "0")}.${text.length}`;
}
