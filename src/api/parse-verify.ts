import { invalidInput } from "../errors.ts";
import { readBoolean, readOptions } from "./parse-options.ts";

/** An option that is not known is an error: the answer has no place for warnings. */
export function parseVerify(input: unknown): { repair: boolean } {
  const options = readOptions(input, "verify");
  const unknown = Object.keys(options).find((name) => name !== "repair");
  if (unknown !== undefined) throw invalidInput(`verify does not know the option "${unknown}". Known: repair.`);
  return { repair: readBoolean(options, ["repair"], false) };
}
