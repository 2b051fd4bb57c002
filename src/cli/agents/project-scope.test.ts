import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findProject, normaliseRemote } from "./project-identity.ts";
import { Memory } from "../../memory.ts";
import { filterOf, projectScope } from "./project-scope.ts";

const folders: string[] = [];
let place = "";

beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), "recollect-scope-")));
  folders.push(place);
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const ORIGIN = "https://git.example.com/Acme/Shop.git";

describe("the address of a remote", () => {
  it.each([
    "https://git.example.com/acme/shop.git",
    "https://git.example.com/acme/shop",
    "https://git.example.com/acme/shop.git/",
    "https://git.example.com//acme///shop",
    // In parts: no line of ours holds credentials in an address.
    `https://${"ida:s3cr3t"}@git.example.com/Acme/Shop.git?ref=main#x`,
    "https://token@git.example.com/acme/shop.git",
    "git@git.example.com:acme/shop.git",
    "git@git.example.com:/acme/shop.git",
    "git.example.com:Acme/Shop",
    "ssh://git@git.example.com/acme/shop.git",
    "git://git.example.com/acme/shop.git",
    "git+ssh://git@GIT.example.com/acme/shop.git",
  ])("is one for %s", (address) => {
    expect(normaliseRemote(address)).toBe("git.example.com/acme/shop");
  });

  it("keeps a port, and tells hosts and paths apart", () => {
    expect(normaliseRemote("ssh://git@git.example.com:2222/acme/shop.git")).toBe("git.example.com:2222/acme/shop");
    expect(normaliseRemote("https://other.example.com/acme/shop")).not.toBe(normaliseRemote(ORIGIN));
    expect(normaliseRemote("C:\\code\\shop.git")).toBe("c:/code/shop");
    expect(normaliseRemote("  ")).toBeUndefined();
  });
});

describe("the project of a folder", () => {
  it("is its origin, with the id that Supermemory's container tag has", () => {
    const root = clone("shop", ORIGIN);
    const hash = createHash("sha256").update("git.example.com/acme/shop").digest("hex").slice(0, 16);
    expect(findProject(root)).toEqual({
      id: `repo_shop__${hash}`,
      name: "shop",
      basis: "remote",
      identity: "git.example.com/acme/shop",
      root,
      branch: "main",
    });
  });

  it("stays when the checkout is renamed, or made a second time elsewhere with another spelling of its address", () => {
    const before = findProject(clone("shop", ORIGIN)).id;
    renameSync(join(place, "shop"), join(place, "renamed"));
    expect(findProject(join(place, "renamed")).id).toBe(before);
    expect(findProject(clone("elsewhere", "git@git.example.com:acme/shop.git")).id).toBe(before);
  });

  it("is that of the checkout in every folder of a monorepo, and through a link", () => {
    const root = clone("mono", ORIGIN);
    mkdirSync(join(root, "packages", "api"), { recursive: true });
    symlinkSync(root, join(place, "link"));
    const inside = findProject(join(root, "packages", "api"));
    expect(inside).toEqual(findProject(root));
    expect(findProject(join(place, "link", "packages")).root).toBe(root);
  });

  it("is shared by all worktrees of a clone, each with its own branch", () => {
    const root = clone("tree", undefined);
    git(root, "commit", "--allow-empty", "-m", "first");
    git(root, "worktree", "add", "-b", "feature/x", join(place, "beside"));
    const beside = findProject(join(place, "beside"));
    expect(beside.id).toBe(findProject(root).id);
    expect(beside).toMatchObject({ basis: "checkout", branch: "feature/x", root: join(place, "beside") });
  });

  it("is found through the .git file of a bare clone with worktrees, and in the bare clone", () => {
    mkdirSync(join(place, "bare"));
    git(join(place, "bare"), "init", "--bare", "-b", "main", ".bare");
    writeFileSync(join(place, "bare", ".git"), "gitdir: ./.bare\n");
    git(join(place, "bare"), "remote", "add", "origin", ORIGIN);
    expect(findProject(join(place, "bare"))).toMatchObject({ basis: "remote", name: "shop" });
    expect(findProject(join(place, "bare", ".bare"))).toMatchObject({ basis: "remote", name: "shop" });
  });

  it("of a submodule is the submodule's own", () => {
    const inner = clone("inner", undefined);
    git(inner, "commit", "--allow-empty", "-m", "first");
    const outer = clone("outer", ORIGIN);
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", inner, "libs/inner");
    const found = findProject(join(outer, "libs", "inner"));
    expect(found.root).toBe(join(outer, "libs", "inner"));
    expect(found.id).not.toBe(findProject(outer).id);
    expect(found.identity).toBe(normaliseRemote(inner));
  });

  it("has no branch with a detached HEAD", () => {
    const root = clone("loose", ORIGIN);
    git(root, "commit", "--allow-empty", "-m", "first");
    git(root, "checkout", "--detach");
    expect(findProject(root)).not.toHaveProperty("branch");
  });

  it("takes the only remote there is, and none of several that are not origin", () => {
    const root = clone("forked", undefined);
    git(root, "remote", "add", "upstream", ORIGIN);
    expect(findProject(root)).toMatchObject({ basis: "remote", identity: "git.example.com/acme/shop" });
    git(root, "remote", "add", "mine", "https://git.example.com/ida/shop.git");
    expect(findProject(root).basis).toBe("checkout");
  });

  it("without git is the folder, and two folders of one name are two projects", () => {
    for (const folder of ["a/notes", "b/notes"]) mkdirSync(join(place, folder), { recursive: true });
    const [first, second] = [findProject(join(place, "a/notes")), findProject(join(place, "b/notes"))];
    expect(first).toMatchObject({ basis: "folder", name: "notes" });
    expect(first.id).not.toBe(second.id);
  });

  it("is the folder where .git is damaged or the folder is gone", () => {
    mkdirSync(join(place, "broken"));
    writeFileSync(join(place, "broken", ".git"), "gitdir: /nowhere/at/all\n");
    expect(findProject(join(place, "broken"))).toMatchObject({ basis: "folder", root: join(place, "broken") });
    expect(findProject(join(place, "gone", "for", "good")).basis).toBe("folder");
  });

  it("holds no credentials", () => {
    const found = findProject(clone("secret", `https://${"ida:hunter2"}@git.example.com/acme/shop.git`));
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});

describe("the scope", () => {
  it("takes a named project and person before anything found", () => {
    const root = clone("shop", ORIGIN);
    const environment = { RECOLLECT_USER: "hana", RECOLLECT_PROJECT: "from-env" };
    expect(projectScope({ from: root, environment }).owner).toEqual({ userId: "hana", appId: "from-env" });
    expect(projectScope({ from: root, environment, user: "ida", project: "shop" }).owner).toEqual({
      userId: "ida",
      appId: "shop",
    });
    const settings = { userId: "set", appId: "chosen" };
    expect(projectScope({ from: root, environment: {}, settings }).owner).toEqual({ userId: "set", appId: "chosen" });
  });

  it("takes an address or a folder as the name of a project", () => {
    const root = clone("shop", ORIGIN);
    const expected = findProject(root).id;
    expect(
      projectScope({ from: place, environment: {}, project: "git@git.example.com:acme/shop.git" }).owner.appId,
    ).toBe(expected);
    expect(projectScope({ from: place, environment: {}, project: root }).owner.appId).toBe(expected);
    expect(() => projectScope({ from: place, environment: {}, project: "two words" })).toThrow(/white space/u);
  });

  it("serves a project's own memories and those of no project, of this person alone", async () => {
    const memory = new Memory({ dbPath: join(place, "memory.db") });
    const mine = { infer: false, userId: "ida" } as const;
    await memory.add("The gate is green here", { ...mine, appId: "here" });
    await memory.add("The gate is green there", { ...mine, appId: "there" });
    await memory.add("The gate is green everywhere", mine);
    await memory.add("The gate is green for Hana", { ...mine, userId: "hana", appId: "here" });
    const { results } = await memory.getAll({ filters: filterOf({ userId: "ida", appId: "here" }) });
    await memory.close();
    expect(results.map((item) => item.memory).toSorted()).toEqual([
      "The gate is green everywhere",
      "The gate is green here",
    ]);
  });

  it("tags with the branch", () => {
    expect(projectScope({ from: clone("shop", ORIGIN), environment: {} }).tags).toEqual({
      project: "shop",
      branch: "main",
    });
  });
});

function clone(name: string, origin: string | undefined): string {
  const root = join(place, name);
  mkdirSync(root);
  git(root, "init", "-b", "main");
  if (origin !== undefined) git(root, "remote", "add", "origin", origin);
  return root;
}

function git(folder: string, ...words: string[]): void {
  execFileSync("git", words, {
    cwd: folder,
    stdio: "ignore",
    env: {
      PATH: process.env["PATH"],
      HOME: place,
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "Ida",
      GIT_AUTHOR_EMAIL: "ida@example.com",
      GIT_COMMITTER_NAME: "Ida",
      GIT_COMMITTER_EMAIL: "ida@example.com",
    },
  });
}
