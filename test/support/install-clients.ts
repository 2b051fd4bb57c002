import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { waitForLock } from "../../src/cli/process-lock.ts";

/** Two runs at a time would take the folder apart under one another. */
const PATIENCE_MS = 120_000;

/** Installs Mem0's clients for the tests, once: they are no part of the project's own install. */
export async function setup(): Promise<void> {
  const folder = join(import.meta.dirname, "..", "clients");
  if (isInstalled(folder)) return;
  const release = await waitForLock(join(folder, ".installing.lock"), PATIENCE_MS);
  try {
    if (isInstalled(folder)) return;
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder, stdio: "pipe" });
  } finally {
    release?.();
  }
}

function isInstalled(folder: string): boolean {
  const installed = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const packages = readPackages(installed);
  const isSame = Object.entries(readPackages(join(folder, "package-lock.json"))).every(
    ([path, { version }]) => path === "" || packages[path]?.version === version || packages[path] === undefined,
  );
  return isSame && packages["node_modules/mem0ai"] !== undefined;
}

function readPackages(path: string): Record<string, { version?: string }> {
  return (JSON.parse(readFileSync(path, "utf8")) as { packages: Record<string, { version?: string }> }).packages;
}
