export type { GraphClient } from "./graph-client.ts";
export { MemoryClient } from "./memory-client.ts";
export type { MemoryClientOptions } from "./memory-client.ts";
export { MemoryError } from "../errors.ts";
export type { MemoryErrorCode } from "../errors.ts";
export type * from "./client-types.ts";
export type {
  ClientPlatformProfile,
  ClientProfileJob,
  ClientProfileSettings,
  ClientWebhook,
} from "./platform-methods.ts";
