import { invalidInput } from "../errors.ts";
import type { Tool } from "./define-tool.ts";

/** Each profile's tools load with the first session that asks for them. */
const PROFILES: Readonly<Record<string, () => Promise<readonly Tool[]>>> = {
  default: async () => (await import("./tools/default-tools.ts")).DEFAULT_TOOLS,
};

/** @throws MemoryError `invalid_input` that lists the profiles there are. */
export function checkProfile(name: string): string {
  if (!Object.hasOwn(PROFILES, name))
    throw invalidInput(`There is no profile "${name.slice(0, 40)}". Profiles: ${Object.keys(PROFILES).join(", ")}.`);
  return name;
}

/** The tools of a profile. @throws MemoryError `invalid_input`. */
export async function toolsOf(profile: string): Promise<readonly Tool[]> {
  return (await PROFILES[checkProfile(profile)]?.()) ?? [];
}
