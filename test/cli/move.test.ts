import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProject } from "../../src/cli/agents/project-identity.ts";
import { CliPlace } from "../support/cli-place.ts";
import { startTestServer } from "../support/test-server.ts";

let place: CliPlace;

beforeAll(() => {
  place = new CliPlace({ RECOLLECT_USER_ID: "hana" });
  execFileSync("git", ["init", "-q"], { cwd: place.project });
});
afterAll(() => place.remove());

async function texts(args: readonly string[]): Promise<string[]> {
  const rows = (await place.json(["list", ...args])).answer.data as { memory: string }[];
  return rows.map(({ memory }) => memory).toSorted();
}

describe("recollect move", () => {
  it("moves what a filter finds to this project, and back to nobody's", async () => {
    for (const text of ["We chose SQLite.", "We deploy on Fridays."])
      await place.run(["add", text, "--no-infer", "--app-id", "wrong", "--user-id", "hana"]);
    const here = findProject(place.project).id;
    const filter = ["--filter", '{"user_id":"hana","app_id":"wrong"}'];
    const dry = await place.json(["move", ...filter, "--to-project", ".", "--dry-run"]);
    expect(dry.answer).toMatchObject({ count: 2, data: { is_dry_run: true, to: { appId: here } } });
    expect(await texts(["--app-id", "wrong"])).toHaveLength(2);
    const moved = await place.json(["move", ...filter, "--to-project", "."]);
    expect(moved).toMatchObject({ status: 0, answer: { count: 2 } });
    expect(await texts(["--app-id", here])).toEqual(["We chose SQLite.", "We deploy on Fridays."]);
    expect(await texts(["--app-id", "wrong"])).toEqual([]);
    expect((await place.run(["move", ...filter, "--to-user"])).status).toBe(3);
    const [first] = (moved.answer.data as { moved: { id: string }[] }).moved;
    const { stdout } = await place.run(["move", first?.id ?? "", "--to-user"]);
    expect(stdout).toContain("1 moved");
    const history = (await place.json(["history", first?.id ?? ""])).answer.data as { reason: string }[];
    expect(history.map(({ reason }) => reason)).toEqual([
      `moved by call: appId ${here} to none`,
      `moved by call: appId wrong to ${here}`,
      "imported as given",
    ]);
    expect((await place.run(["verify"])).status).toBe(0);
  }, 60_000);

  it("moves on a server too", async () => {
    const server = await startTestServer();
    try {
      const env = { RECOLLECT_SERVER: server.url, RECOLLECT_API_KEY: server.key };
      await place.run(["add", "We chose Redis.", "--no-infer", "-u", "hana", "--app-id", "wrong"], { env });
      const moved = await place.json(["move", "--filter", '{"user_id":"hana","app_id":"wrong"}', "--to-user"], { env });
      expect(moved).toMatchObject({ status: 0, answer: { count: 1 } });
      const rows = (await place.json(["list", "-u", "hana"], { env })).answer.data as object[];
      expect(rows).toMatchObject([{ memory: "We chose Redis.", app_id: null }]);
    } finally {
      await server.remove();
    }
  }, 60_000);

  it("refuses what says not what, or not where to", async () => {
    for (const args of [
      [],
      ["--to-user"],
      ["x"],
      ["x", "--to-user", "--to-project", "y"],
      ["x", "--filter", "{}", "--to-user"],
    ])
      expect((await place.run(["move", ...args])).status).toBe(2);
    expect((await place.run(["move", "019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b", "--to-user"])).status).toBe(3);
  }, 60_000);
});
