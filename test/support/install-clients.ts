import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Installs Mem0's clients for the tests, once: they are no part of the project's own install. */
export function setup(): void {
  const folder = join(import.meta.dirname, "..", "clients");
  const installed = join(folder, "node_modules", ".package-lock.json");
  const wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as {
    packages: Record<string, { version?: string }>;
  };
  if (existsSync(installed)) {
    const { packages } = JSON.parse(readFileSync(installed, "utf8")) as typeof wanted;
    const isSame = Object.entries(wanted.packages).every(
      ([path, { version }]) => path === "" || packages[path]?.version === version || packages[path] === undefined,
    );
    if (isSame && packages["node_modules/mem0ai"] !== undefined) return;
  }
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder, stdio: "pipe" });
}
