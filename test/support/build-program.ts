import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../../scripts/bundle.ts";
import { root } from "./project-files.ts";

/**
 * Bundles the program for the tests that start it in processes of its own, hundreds of times: as it is published, and
 * without Node's translation of every source file at every start. Inside the checkout, where its dependencies are found.
 */
export async function setup(): Promise<(() => void) | undefined> {
  // Each project of the suite asks for it.
  if (process.env["TEST_PROGRAM"] !== undefined) return undefined;
  const folder = mkdtempSync(join(root, ".test-program-"));
  process.env["TEST_PROGRAM"] = join(folder, "bin.js");
  await bundle(folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
