import { join } from "node:path";
import { root } from "./project-files.ts";

/** `recollect`, as `node` starts it: the bundle that the suite made, or the sources where a test runs without it. */
export const PROGRAM: string = process.env["TEST_PROGRAM"] ?? join(root, "src/cli/bin.ts");
