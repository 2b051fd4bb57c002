import { randomBytes } from "node:crypto";

/** Names one import, readable and typed with ease: 20260728-141530-3fa2. */
export function newBatch(now: number): string {
  const time = new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/gu, "").replace("T", "-");
  return `${time}-${randomBytes(2).toString("hex")}`;
}
