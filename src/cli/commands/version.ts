import { createRequire } from "node:module";

/** This package's version, from its own package.json: from src/ and from dist/ alike. */
export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)("recollect/package.json") as { version: string };
  return version;
}
