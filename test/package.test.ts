import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./support/project-files.ts";

const folder = mkdtempSync(join(tmpdir(), "recollect-package-"));
const installed = join(folder, "node_modules/recollect");

// Built, packed and installed as a user would, then used under the Node that runs the tests.
beforeAll(() => {
  npm(root, "run", "build");
  npm(root, "pack", "--ignore-scripts", "--pack-destination", folder);
  const [tarball = ""] = globSync("recollect-*.tgz", { cwd: folder });
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", join(folder, tarball));
}, 240_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the packed tarball", () => {
  test("holds what runs, and nothing else", () => {
    const files = globSync("**/*", { cwd: installed }).filter((path) => /\.\w+$|(?:LICENSE|NOTICE)$/u.test(path));
    expect(files).toContain("dist/index.js");
    expect(files).toContain("dist/index.d.ts");
    expect(files).toContain("dist/bin.js");
    expect(files).toContain("dist/chunks/word-vectors.bin");
    expect(files).toContain("dist/chunks/concepts.bin");
    expect(files).toContain("LICENSE");
    expect(files).toContain("NOTICE");
    expect(files).toContain("plugin/hooks/hooks.json");
    const isWanted =
      /^(?:plugin\/.+\.(?:json|md)|dist\/.+\.(?:js|d\.ts|bin)|package\.json|README\.md|CHANGELOG\.md|LICENSE|NOTICE)$/u;
    expect(files.filter((path) => !isWanted.test(path) || /\.test\.|__fixtures__/u.test(path))).toEqual([]);
  });

  test("brings no native module and runs no install script", () => {
    const manifests = globSync("node_modules/{*,@*/*}/package.json", { cwd: folder }).map(
      (path) => JSON.parse(readFileSync(join(folder, path), "utf8")) as { name: string; scripts?: object },
    );
    expect(manifests.length).toBeGreaterThan(1);
    const scripted = manifests.filter(({ scripts = {} }) =>
      ["preinstall", "install", "postinstall"].some((name) => name in scripts),
    );
    expect(scripted.map(({ name }) => name)).toEqual([]);
    expect(globSync("node_modules/**/*.node", { cwd: folder })).toEqual([]);
  });

  test("imports nothing that it does not bring along or name as a peer", () => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(installed, "package.json"), "utf8"),
    ) as Record<"dependencies" | "peerDependencies", Record<string, string>>;
    const named = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies), "recollect"]);
    const imported = globSync("dist/**/*.js", { cwd: installed }).flatMap((file) =>
      [
        ...readFileSync(join(installed, file), "utf8").matchAll(
          /(?:^|[;\n}])(?:import|export)[^"';()]*?from\s*["']([^"'\n]+)["']/gu,
        ),
      ].map(([, name = ""]) => name),
    );
    expect(imported).toContain("zod");
    const foreign = imported.filter((name) => !name.startsWith(".") && !name.startsWith("node:"));
    expect(
      foreign.map((name) => /^(?:@[^/]+\/)?[^/]+/u.exec(name)?.[0] ?? name).filter((name) => !named.has(name)),
    ).toEqual([]);
  });

  test("adds and finds a memory, in its own .recollect folder", () => {
    const output = node(`
      import { Memory, MemoryError } from "recollect";
      const memory = new Memory();
      await memory.add("I moved to Lisbon in May and I am allergic to nuts.", { userId: "alice" });
      const { results } = await memory.search("What is Alice allergic to?", { filters: { user_id: "alice" } });
      const block = await memory.context("Where does Alice live?", { userId: "alice", tokenBudget: 500 });
      const refused = await memory.search("x", {}).catch((error) => MemoryError.isInstance(error) && error.code);
      await memory.close();
      console.log(JSON.stringify({ first: results[0].memory, sources: results[0].sources.length, block: block.text, refused }));
    `);
    const { first, sources, block, refused } = JSON.parse(output) as Record<string, unknown>;
    expect(first).toContain("nuts");
    expect(sources).toBe(1);
    expect(block).toContain("Lisbon");
    expect(refused).toBe("invalid_input");
    expect(existsSync(join(folder, ".recollect/memory.db"))).toBe(true);
  });

  test("is typed for a strict project without any types of Node", () => {
    writeFileSync(
      join(folder, "use.ts"),
      `import { Memory, type MemoryConfig } from "recollect";
       const config: MemoryConfig = { durability: "relaxed" };
       const memory = new Memory(config);
       const { results } = await memory.search("tea", { filters: { user_id: "a" } });
       export const texts: string[] = results.map((hit) => hit.memory);
       // @ts-expect-error a setting that does not exist
       export const wrong = new Memory({ durable: true });\n`,
    );
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const options = ["--noEmit", "--strict", "--target", "es2024", "--module", "nodenext", "--types", "", "use.ts"];
    const { status, stdout } = spawnSync(process.execPath, [compiler, ...options], { cwd: folder, encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });
});

function node(source: string): string {
  const { RECOLLECT_HOME: _, ...environment } = process.env;
  return execFileSync(process.execPath, ["--input-type=module", "--eval", source], {
    cwd: folder,
    env: environment,
    encoding: "utf8",
  });
}

function npm(cwd: string, ...options: string[]): void {
  try {
    execFileSync("npm", options, { cwd, stdio: "pipe", encoding: "utf8", shell: process.platform === "win32" });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`npm ${options.join(" ")} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
