// Builds dist/ from nothing: declarations by tsc, JavaScript bundled into a few files, and the data files beside them.
import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");
const target = join(root, "dist");

/** Read at run time, from beside the code that names it. */
const copied = "**/*.bin";

rmSync(target, { recursive: true, force: true });
run("typescript/package.json", "bin/tsc", ["-p", "tsconfig.json", "--emitDeclarationOnly"]);
const chunks = await bundle();
for (const file of globSync(copied, { cwd: source })) {
  const user = chunks.find(({ code }) => code.includes(basename(file)));
  if (user === undefined) throw new Error(`No code reads ${file}.`);
  const destination = join(target, dirname(user.fileName), basename(file));
  mkdirSync(dirname(destination), { recursive: true });
  copyFileSync(join(source, file), destination);
}
report();

/**
 * One file for what every program needs and one for each part that is imported when first used. Without white space
 * and comments, since what is read at every start counts, but with its names, so that stack traces can be read.
 * Without source maps: they would point at sources that the package does not hold.
 */
async function bundle(): Promise<{ fileName: string; code: string }[]> {
  const build = await rolldown({
    input: {
      index: join(source, "index.ts"),
      client: join(source, "client", "index.ts"),
      bin: join(source, "cli", "bin.ts"),
    },
    platform: "node",
    // Dependencies stay dependencies.
    external: (id) => !id.startsWith(".") && !isAbsolute(id),
  });
  const { output } = await build.write({
    dir: target,
    format: "esm",
    chunkFileNames: "chunks/[name].js",
    comments: false,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
  return output.flatMap((file) => (file.type === "chunk" ? [{ fileName: file.fileName, code: file.code }] : []));
}

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
