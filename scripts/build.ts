// Builds dist/ from nothing: declarations by tsc, JavaScript bundled into a few files, and the data files beside them.
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "dist");

rmSync(target, { recursive: true, force: true });
run("typescript/package.json", "bin/tsc", ["-p", "tsconfig.json", "--emitDeclarationOnly"]);
await bundle(target);
report();

/** The compiler of this project, run by this Node: no shell, and nothing that happens to be installed elsewhere. */
function run(packageFile: string, binary: string, options: readonly string[]): void {
  const program = join(dirname(fileURLToPath(import.meta.resolve(packageFile))), binary);
  try {
    execFileSync(process.execPath, [program, ...options], { cwd: root, stdio: "inherit" });
  } catch {
    // What is wrong stands above, in the compiler's words.
    rmSync(target, { recursive: true, force: true });
    process.exit(1);
  }
}

function report(): void {
  const files = readdirSync(target, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  console.log(`${relative(root, target)}: ${files.length} files, ${(bytes / 1e6).toFixed(1)} MB`);
}
