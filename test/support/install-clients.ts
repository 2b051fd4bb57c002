import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";

/** Two runs at a time would take the folder apart under one another. */
const PATIENCE_MS = 120_000;

/** Installs Mem0's clients for the tests, once: they are no part of the project's own install. */
export async function setup(): Promise<void> {
  const folder = join(import.meta.dirname, "..", "clients");
  if (isInstalled(folder)) return;
  const lock = join(folder, ".installing");
  const end = Date.now() + PATIENCE_MS;
  while (!takeLock(lock)) {
    // Somebody died while installing: the folder is as it is, and npm makes it anew.
    if (Date.now() > end) break;
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
  }
  try {
    if (isInstalled(folder)) return;
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder, stdio: "pipe" });
  } finally {
    if (existsSync(lock)) rmdirSync(lock);
  }
}

function takeLock(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
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
