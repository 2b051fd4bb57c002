import { execFileSync } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkImports, importedBy, LAYERS, layerOf } from "./support/layers.ts";
import { read, root, sourceFiles } from "./support/project-files.ts";

const files = sourceFiles().map((path) => ({ path, source: read(path) }));

describe("layers", () => {
  test("there is something to check", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(({ source }) => importedBy(source)).length).toBeGreaterThan(files.length);
  });

  test("every file imports only what its layer may", () => {
    expect(files.flatMap(({ path, source }) => checkImports(path, source))).toEqual([]);
  });

  test("no file lies loose in src/ but those of the design", () => {
    const loose = files.map(({ path }) => path).filter((path) => path.split("/").length === 2);
    expect(loose.map((path) => basename(path)).filter((name) => LAYERS[name] === undefined)).toEqual([]);
    const folders = new Set(files.map(({ path }) => layerOf(path) ?? "").filter((name) => !name.endsWith(".ts")));
    expect([...folders].filter((name) => LAYERS[name] === undefined)).toEqual([]);
  });

  // A checker that scans nothing reports success: each rule has to catch a planted violation.
  test.each([
    ["src/domain/memory.ts", 'import { z } from "zod";'],
    ["src/domain/memory.ts", 'export { fold } from "../text/fold.ts";'],
    ["src/ports/embedder.ts", 'import type { DatabaseSync } from "node:sqlite";'],
    ["src/text/fold.ts", 'import type { MemoryStore } from "../ports/memory-store.ts";'],
    ["src/vectors/dot.ts", 'import type { Scope } from "../domain/scope.ts";'],
    ["src/extraction/rules/verbs.ts", 'import { Recipe } from "../../operations/engine.ts";'],
    ["src/retrieval/rank.ts", 'const store = await import("../adapters/stores/sqlite/sqlite-store.ts");'],
    ["src/operations/purge.ts", 'import { createHash } from "node:crypto";'],
    ["src/operations/purge.ts", 'import type {\n  MemoryConfig,\n} from "../config.ts";'],
    ["src/operations/purge.ts", 'import { v7 } from "uuid";'],
    ["src/adapters/models/a.ts", 'import { SqliteStore } from "../stores/sqlite/sqlite-store.ts";'],
    ["src/adapters/models/a.ts", 'import { addMemories } from "../../operations/add-memories.ts";'],
    ["src/api/parse-add.ts", 'import { addMemories } from "../operations/add-memories.ts";'],
    ["src/server/app.ts", 'import { SqliteStore } from "../adapters/stores/sqlite/sqlite-store.ts";'],
    ["src/client/client.ts", 'import { readFile } from "node:fs/promises";'],
    ["src/memory.ts", 'import { SqliteStore } from "./adapters/stores/sqlite/sqlite-store.ts";'],
    ["src/index.ts", 'import { readCorpus } from "../bench/corpora/read-corpus.ts";'],
    ["src/helpers.ts", ""],
  ])("the checker reports a violation planted in %s: %s", (path, source) => {
    expect(checkImports(path, source)).toHaveLength(1);
  });

  test("the checker lets what is allowed pass, and reads past comments", () => {
    const allowed =
      'import { x } from "../domain/memory.ts";\n// import { y } from "../adapters/y.ts";\n/* import("zod") */';
    expect(checkImports("src/operations/purge.ts", allowed)).toEqual([]);
  });

  test("lint says the same for every layer", () => {
    const folder = mkdtempSync(join(tmpdir(), "recollect-lint-"));
    try {
      copyFileSync(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
      const layers = ["domain", "ports", "text", "vectors", "extraction", "retrieval", "prompts", "operations"];
      const planted = [...layers, "adapters/models", "api", "server", "mcp", "cli", "client"].map((layer) => {
        const path = `src/${layer}/planted.ts`;
        const up = layer.replaceAll(/[^/]+/gu, "..");
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), `export * from "${up}/operations/add-memories.ts";\n`);
        return path;
      });
      const found = new Set(restrictedImports(folder));
      // Within its own folder it is no violation.
      expect(planted.filter((path) => !found.has(path))).toEqual(["src/operations/planted.ts"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function restrictedImports(folder: string): string[] {
  const oxlint = join(dirname(fileURLToPath(import.meta.resolve("oxlint/package.json"))), "bin/oxlint");
  try {
    execFileSync(process.execPath, [oxlint, "-f", "unix"], { cwd: folder, stdio: "pipe", encoding: "utf8" });
    return [];
  } catch (error) {
    const { stdout = "" } = error as { stdout?: string };
    const lines = stdout.split("\n").filter((line) => line.includes("no-restricted-imports"));
    return lines.map((line) => line.split(":", 1)[0] as string);
  }
}

describe("size", () => {
  const lengths = files.map(({ path, source }) => ({ path, lines: source.split("\n").length - 1 }));

  test("no file is above 600 lines, none in operations/ above 400", () => {
    const tooLong = lengths.filter(({ path, lines }) => lines > (path.startsWith("src/operations/") ? 400 : 600));
    expect(tooLong).toEqual([]);
  });

  test("the median file stays below 130 lines", () => {
    const sorted = lengths.map(({ lines }) => lines).toSorted((one, other) => one - other);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(130);
  });

  test("the two files that a newcomer opens stay short, and memory.ts only delegates", () => {
    const limits = { "src/operations/search-memories.ts": 250, "src/memory.ts": 400 };
    const tooLong = Object.entries(limits).filter(
      ([path, limit]) => (lengths.find((file) => file.path === path)?.lines ?? Infinity) > limit,
    );
    expect(tooLong).toEqual([]);
  });
});

describe("habits", () => {
  test("no `any`", () => {
    expect(stripText('const a = ["any", /an|any/giu]; // any')).not.toMatch(/\bany\b/u);
    expect(offenders(/:\s*any\b(?!\|)|\bas any\b|\bany\[\]|\bRecord<\w+, any>/u)).toEqual([]);
  });

  test("no console outside the command line", () => {
    expect(offenders(/\bconsole\./u, "src/cli/")).toEqual([]);
  });

  test("no default export, no enum, no namespace of our own", () => {
    expect(offenders(/^export default\b/mu)).toEqual([]);
    expect(offenders(/^(?:export )?(?:const )?enum\b/mu)).toEqual([]);
  });

  test("no catch that swallows in silence", () => {
    expect(offenders(/catch\s*(?:\([^)]*\)\s*)?\{\s*\}/u)).toEqual([]);
  });

  // Inside an adapter or a job a plain error marks a broken invariant; the border around it turns it into a MemoryError
  // or a failed job.
  test("errors that leave the library are MemoryErrors", () => {
    expect(
      offenders(
        /throw new (?:Error|TypeError|RangeError)\b/u,
        "src/adapters/",
        "src/operations/run-jobs.ts",
        "src/operations/jobs/",
      ),
    ).toEqual([]);
  });

  test("every folder of adapters has a test, and every store passes the conformance suite", () => {
    const tests = globSync(["src/adapters/**/*.test.ts", "test/conformance/**/*.test.ts"], { cwd: root });
    const adapters = new Set(
      files.filter(({ path }) => path.startsWith("src/adapters/")).map(({ path }) => dirname(path)),
    );
    expect(adapters.size).toBeGreaterThan(1);
    const untested = [...adapters].filter(
      (folder) => !tests.some((path) => path.startsWith(`${folder}/`) || path.includes(basename(folder))),
    );
    expect(untested).toEqual([]);
    const stores = [...adapters].filter((folder) => /stores\/[^/]+$/u.test(folder)).map((folder) => basename(folder));
    const conformance = tests
      .filter((path) => path.startsWith("test/conformance/"))
      .map(read)
      .join("\n");
    expect(stores.filter((store) => !conformance.toLowerCase().includes(store))).toEqual([]);
  });
});

/** Code alone: comments, texts and patterns may hold any word. */
function stripText(source: string): string {
  return source
    .replaceAll(/\/\*[\s\S]*?\*\//gu, "")
    .replaceAll(/(?<=^|[\s;{}(,])\/\/.*$/gmu, "")
    .replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gu, '""')
    .replaceAll(/\/(?:[^/\\\n*[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[dgimsuvy]*[uv][dgimsuvy]*/gu, '""');
}

function offenders(pattern: RegExp, ...exempt: readonly string[]): string[] {
  const paths = files.filter(({ source }) => pattern.test(stripText(source))).map(({ path }) => path);
  return paths.filter((path) => !exempt.some((start) => path.startsWith(start)));
}
