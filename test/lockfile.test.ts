import { describe, expect, test } from "vitest";
import { projectFiles, read } from "./support/project-files.ts";

const forbidden: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "a registry's host", pattern: /\b(?:registry\.(?:npmjs|yarnpkg)\.\w+|npm\.pkg\.github\.\w+)\b/u },
  { what: "a resolved address", pattern: /"resolved": "(?:https?|git|file):/u },
  { what: "a path of somebody's machine", pattern: /(?<![\w.~/])\/(?:work|root|home|Users|private)\/\w/u },
  { what: "credentials in an address", pattern: /\bhttps?:\/\/[^\s/:@"'`]+:[^\s/@"'`]+@/u },
  { what: "a registry setting", pattern: /^\s*(?:@[\w-]+:)?registry\s*=/mu },
];
/** They plant secrets and paths on purpose, or hold words only. */
const exempt =
  /^(?:test\/support\/(?:planted|ordinary)|src\/text\/.*\.test\.ts$|test\/lockfile\.test\.ts$|LICENSE$)|\.bin$/u;

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly [group: string]: unknown;
}

describe("what is committed", () => {
  test("names no registry, no machine, no credentials", () => {
    const files = projectFiles().filter((path) => !exempt.test(path));
    expect(files.length).toBeGreaterThan(200);
    const hits = files.flatMap((path) => findForbidden(path, read(path)));
    expect(hits).toEqual([]);
  });

  test.each([
    ['"resolved": "https://mirror.example/zod.tgz"', "a resolved address"],
    [`see https://${["registry", "npmjs", "org"].join(".")}/zod`, "a registry's host"],
    ["cd /home/alice/recollect", "a path of somebody's machine"],
    ["git clone https://alice:s3cret@git.example/a", "credentials in an address"],
    ["registry = https://mirror.example", "a registry setting"],
  ])("the search finds what is planted: %s", (text, what) => {
    expect(findForbidden("a.md", text)).toEqual([`a.md:1: ${what}`]);
  });
});

describe("dependencies", () => {
  const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, LockedPackage> };
  const manifests = ["package.json", "bench/package.json"].map((path) => ({
    path,
    manifest: JSON.parse(read(path)) as Manifest,
  }));

  test("every version is exact", () => {
    const groups = ["dependencies", "devDependencies", "optionalDependencies"];
    const declared = manifests.flatMap(({ path, manifest }) =>
      groups
        .flatMap((group) => Object.entries((manifest[group] ?? {}) as Record<string, string>))
        .map((entry) => [path, ...entry]),
    );
    expect(declared.length).toBeGreaterThan(10);
    expect(declared.filter(([, , version]) => !/^\d+\.\d+\.\d+$/u.test(version ?? ""))).toEqual([]);
  });

  test("every locked package has a version and a hash", () => {
    const locked = Object.entries(lock.packages).filter(
      ([path, entry]) => path.includes("node_modules/") && entry.link !== true,
    );
    expect(locked.length).toBeGreaterThan(50);
    expect(
      locked.filter(([, entry]) => entry.version === undefined || entry.integrity?.startsWith("sha512-") !== true),
    ).toEqual([]);
  });

  test("what users install runs no install script and stays small", () => {
    const { dependencies = {} } = JSON.parse(read("package.json")) as { dependencies?: Record<string, string> };
    const names = Object.keys(dependencies);
    expect(names.length).toBeLessThan(25);
    expect(names.filter((name) => lock.packages[`node_modules/${name}`]?.hasInstallScript === true)).toEqual([]);
    const decisions = read("docs/decisions/0003-dependencies.md");
    expect(names.filter((name) => !decisions.includes(`\`${name}\``))).toEqual([]);
  });
});

function findForbidden(path: string, text: string): string[] {
  return forbidden.flatMap(({ what, pattern }) => {
    const found = pattern.exec(text);
    return found === null ? [] : [`${path}:${text.slice(0, found.index).split("\n").length}: ${what}`];
  });
}
