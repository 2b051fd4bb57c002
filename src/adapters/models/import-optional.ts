import { MemoryError } from "../../errors.ts";

/**
 * What a package exports that is not installed with Recollect. `major`: the version that the calling code was written for.
 * @throws MemoryError `missing_dependency` with the line that installs it; `details`: `package`, `install`.
 */
export async function importOptional(
  name: string,
  major: number,
  purpose: string,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(name)) as Record<string, unknown>;
  } catch (cause) {
    const install = `npm install ${name}@${major}`;
    const code = (cause as { code?: unknown } | null)?.code;
    const isMissing = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    throw new MemoryError(
      "missing_dependency",
      isMissing
        ? `${purpose} needs the package ${name}, which is not installed. Run: ${install}`
        : `The package ${name}, which ${purpose} needs, is installed but cannot be loaded. Run again: ${install}`,
      { cause, details: { package: name, install } },
    );
  }
}
