// Builds dist/ from nothing: JavaScript and declarations by tsc, and the data files that tsc leaves behind.
import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");
const target = join(root, "dist");

/** Read at run time; every other file of src/ is compiled. */
const copied = "**/*.bin";

rmSync(target, { recursive: true, force: true });
// Without source maps: they would point at sources that the package does not hold.
run("typescript/package.json", "bin/tsc", ["-p", "tsconfig.json", "--sourceMap", "false"]);
for (const file of globSync(copied, { cwd: source })) {
  const destination = join(target, file);
  mkdirSync(dirname(destination), { recursive: true });
  copyFileSync(join(source, file), destination);
}
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
