import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ENVIRONMENT } from "../src/config.ts";
import { Memory } from "../src/index.ts";
import { PROGRAM } from "./support/program.ts";
import { read, root } from "./support/project-files.ts";

const pages = [...globSync("docs/**/*.md", { cwd: root }), "README.md", "AGENTS.md", "CONTRIBUTING.md"].filter((path) =>
  existsSync(join(root, path)),
);
const guides = pages.filter((path) => path.startsWith("docs/") && !path.startsWith("docs/decisions/"));
const guideText = guides.map(read).join("\n");

interface Snippet {
  readonly place: string;
  readonly code: string;
  /** Marked ```ts run: it is run in a folder of its own, and what it prints is compared. */
  readonly isRun: boolean;
}

const snippets = pages.flatMap(snippetsOf);
const folder = mkdtempSync(join(tmpdir(), "recollect-docs-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("everything that can be used is documented", () => {
  test("every setting of config.ts", () => {
    const settings = [...read("src/config.ts").matchAll(/^ {2}readonly (\w+)\?:/gmu)].map(([, name]) => name);
    expect(settings.length).toBeGreaterThan(8);
    const page = read("docs/configuration.md");
    expect(settings.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
    expect(Object.keys(ENVIRONMENT).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  test("every error code", () => {
    const union = /export type MemoryErrorCode =([\s\S]*?);/u.exec(read("src/errors.ts"))?.[1] ?? "";
    const codes = [...union.matchAll(/"(\w+)"/gu)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(8);
    expect(codes.filter((code) => !read("docs/errors.md").includes(`\`${code}\``))).toEqual([]);
  });

  test("every public method of Memory", () => {
    const methods = [...Object.getOwnPropertyNames(Memory.prototype), ...staticMethods()].filter(
      (name) => name !== "constructor",
    );
    expect(methods).toContain("search");
    const page = read("docs/library.md");
    expect(methods.filter((name) => !new RegExp(`^### .*\\b${name}\\(`, "mu").test(page))).toEqual([]);
  });

  test("no page promises a method that is not there", () => {
    const headings = [...read("docs/library.md").matchAll(/^### `(?:await )?(?:memory|Memory)\.(\w+)\(/gmu)].map(
      ([, name]) => name ?? "",
    );
    expect(headings.length).toBeGreaterThan(2);
    expect(headings.filter((name) => !(name in Memory.prototype) && !(name in Memory))).toEqual([]);
  });

  test("every option of add and of the reads", () => {
    const sources = read("src/api/parse-add.ts") + read("src/api/parse-read.ts");
    // getAll's own options count once there is a getAll.
    const unused = "getAll" in Memory.prototype ? "" : "LIST_OPTIONS";
    const lists = [...sources.matchAll(/(?:KNOWN|READ|SEARCH|LIST)_OPTIONS: readonly string\[\] = \[([\s\S]*?)\];/gu)];
    const used = lists.filter(([text]) => unused === "" || !text.startsWith(unused));
    const names = used.flatMap(([, list]) => [...(list ?? "").matchAll(/"(\w+)"/gu)].map(([, name]) => name ?? ""));
    const camelCase = [...new Set(names)].filter((name) => !name.includes("_"));
    expect(camelCase.length).toBeGreaterThan(15);
    expect(camelCase.filter((name) => !guideText.includes(`\`${name}`))).toEqual([]);
  });
});

describe("links", () => {
  test("lead to files that are there", () => {
    const broken = pages.flatMap((path) =>
      [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/gu)]
        .map(([, target]) => join(dirname(path), target ?? ""))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${path} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test("every guide can be reached from docs/index.md", () => {
    const index = read("docs/index.md");
    const names = guides.map((path) => relative("docs", path)).filter((name) => name !== "index.md");
    expect(names.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });
});

describe("code in the documentation", () => {
  test("type-checks", () => {
    expect(snippets.length).toBeGreaterThan(10);
    for (const [index, snippet] of snippets.entries())
      writeFileSync(join(folder, `snippet-${index}.ts`), `// ${snippet.place}\n${toModule(snippet)}`);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.check.json"),
        compilerOptions: {
          rootDir: "/",
          typeRoots: [join(root, "node_modules/@types")],
          rewriteRelativeImportExtensions: false,
        },
        include: ["*.ts", join(root, "src/**/*.d.ts")],
      }),
    );
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    // Packages that a user installs beside ours.
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const compiler = join(root, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
    const located = stdout.replaceAll(/^.*?snippet-(\d+)\.ts/gmu, (_, index) => snippets[Number(index)]?.place ?? "");
    expect({ status, problems: located }).toEqual({ status: 0, problems: "" });
  }, 20_000);

  const runnable = snippets.filter(({ isRun }) => isRun);

  test("some of it is run", () => {
    expect(runnable.length).toBeGreaterThan(4);
  });

  test.each(runnable)("does what it says: $place", (snippet) => {
    const place = join(folder, `run-${snippets.indexOf(snippet)}`);
    mkdirSync(place);
    writeFileSync(join(place, "snippet.ts"), toModule(snippet, dirname(PROGRAM)));
    const { RECOLLECT_HOME: _, ...environment } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["snippet.ts"], {
      cwd: place,
      encoding: "utf8",
      env: environment,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const promised = [...snippet.code.matchAll(/console\.log\(.*\);? +\/\/ (.+)$/gmu)].map(([, text]) => text);
    const printed = stdout.trim().split("\n");
    for (const text of promised) expect(printed).toContain(text);
  });
});

function snippetsOf(path: string): Snippet[] {
  const text = read(path);
  return [...text.matchAll(/^```ts( run)?\n([\s\S]*?)^```/gmu)].map((fence) => ({
    place: `${path}:${text.slice(0, fence.index).split("\n").length}`,
    code: fence[2] as string,
    isRun: fence[1] !== undefined,
  }));
}

/**
 * A fence as a module: with the imports that it takes for granted, and in place of the package its sources, or what the
 * suite bundled in `bundled`.
 */
function toModule({ code, isRun }: Snippet, bundled?: string): string {
  const entry = JSON.stringify(bundled === undefined ? join(root, "src/index.ts") : join(bundled, "index.js"));
  const hasOwn = /^import .* from "recollect(?:\/client)?"/mu.test(code);
  const memory = isRun ? `const memory = new Memory({ dbPath: ":memory:" });` : "declare const memory: Memory;";
  const prelude = hasOwn ? "" : `import { Memory, MemoryError } from "recollect";\n${memory}\n`;
  const closing = hasOwn || !isRun ? "" : "\nawait memory.close();\n";
  const client = JSON.stringify(bundled === undefined ? join(root, "src/client/index.ts") : join(bundled, "client.js"));
  return `${prelude}${code}${closing}\nexport {};\n`
    .replaceAll('"recollect"', entry)
    .replaceAll('"recollect/client"', client);
}

function staticMethods(): string[] {
  return Object.getOwnPropertyNames(Memory).filter((name) => !["length", "name", "prototype"].includes(name));
}
