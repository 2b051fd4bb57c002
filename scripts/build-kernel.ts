// Compiles kernel/dot.ts to WebAssembly and writes it as base64 into src/vectors/kernel-binary.ts.
// `--check` writes nothing and fails when the committed text is not what the source builds to.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "src/vectors/kernel-binary.ts");

const fresh = render(compile());
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") === fresh) {
    console.log("kernel: the committed binary is what kernel/dot.ts builds to");
  } else {
    console.error(
      "kernel: src/vectors/kernel-binary.ts differs from a fresh build; run `npm run kernel` and commit it",
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, fresh);
  console.log(`kernel: wrote src/vectors/kernel-binary.ts (${fresh.length} characters)`);
}

function compile(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "kernel-"));
  try {
    const output = join(folder, "dot.wasm");
    const compiler = fileURLToPath(import.meta.resolve("assemblyscript/bin/asc.js"));
    const options = ["-O3", "--runtime", "stub", "--noAssert", "--enable", "simd", "--importMemory", "-o", output];
    // Relative to the root, so that no machine's path can get into the binary.
    execFileSync(process.execPath, [compiler, "kernel/dot.ts", ...options], {
      cwd: root,
      stdio: "inherit",
    });
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function render(binary: Buffer): string {
  return [
    "// Made by `npm run kernel` from kernel/dot.ts; do not edit.",
    "",
    "/** Vectors are padded with zeros to a multiple of this many dimensions: the kernel's step. */",
    "export const KERNEL_STEP = 32;",
    "",
    `export const KERNEL_BASE64 =\n  "${binary.toString("base64")}";`,
    "",
  ].join("\n");
}
