import { readFile } from "node:fs/promises";
import { invalidInput } from "../../errors.ts";
import type { Call } from "./command.ts";

/** A JSON schema as it stands, or in the file that is named. @throws MemoryError `invalid_input`. */
export async function schemaOption(call: Call): Promise<object | undefined> {
  const given = call.text("schema");
  if (given === undefined) return undefined;
  const isText = given.trimStart().startsWith("{");
  try {
    const value: unknown = JSON.parse(isText ? given : await readFile(given, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw invalidInput(`--schema expects a JSON schema, or a file that holds one: ${(error as Error).message}.`);
  }
  throw invalidInput(`--schema expects a JSON schema such as '{"type":"object","properties":{}}'.`);
}
