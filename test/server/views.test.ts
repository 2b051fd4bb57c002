import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MemoryClient } from "../../src/client/index.ts";
import { MemoryError } from "../../src/errors.ts";
import { callClient, mem0Client } from "../support/clients.ts";
import { scriptedModel } from "../support/scripted-model.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

/** Finds in a prompt the number of the memory whose text has a word. */
function numberOf(prompt: string, word: string): number {
  const line = prompt.split("\n").find((each) => /^\[\d+\] /u.test(each) && each.includes(word));
  return Number(/^\[(\d+)\]/u.exec(line ?? "")?.[1] ?? -1);
}

const SAID = ["I live in Porto.", "I work as a nurse.", "Always answer in metric units."];

let server: TestServer;
let client: MemoryClient;
let isDown = false;

const model = scriptedModel(({ purpose, prompt }) => {
  if (isDown) throw new MemoryError("provider_failed", "down");
  if (purpose === "extraction") return '{"facts":[]}';
  const [porto, nurse] = [numberOf(prompt, "Porto"), numberOf(prompt, "nurse")];
  if (purpose === "schema")
    return JSON.stringify({
      values: [
        { path: "city", value: '"Porto"', memories: [porto] },
        { path: "job", value: '"nurse, as asked: in capitals"', memories: [nurse] },
      ],
    });
  const text = "User lives in Porto and works as a nurse.";
  return JSON.stringify({ lines: [{ section: "identity", category: "life", text, memories: [porto, nurse] }] });
});

beforeAll(async () => {
  server = await startTestServer({ memory: { llm: model } });
  client = new MemoryClient({ host: server.url, apiKey: server.key });
  for (const text of SAID) await client.add(text, { userId: "alice", infer: true, wait: true });
  await client.add("I live in Oslo.", { userId: "bob", wait: true });
});

afterAll(async () => {
  await server.remove();
});

describe("views over REST with a language model", () => {
  it("profile, summary, instructions and filled schema through our client", async () => {
    const profile = await client.profile({ userId: "alice" });
    expect(profile).toMatchObject({ madeBy: "model", isComplete: true });
    expect(profile.sections["identity"]?.[0]?.memoryIds).toHaveLength(2);
    expect(profile.text).not.toMatch(/Oslo/u);
    const summary = await client.summary({ userId: "alice", instructions: "short" });
    expect(summary.lines[0]).toMatchObject({ category: "life" });
    expect(summary.madeBy).toBe("model");
    const instructions = await client.instructions({ userId: "alice" });
    expect(instructions.text).toMatch(/metric/u);
    expect(instructions.results[0]).toMatchObject({ kind: "instruction", userId: "alice" });
    const filled = await client.fillSchema({
      userId: "alice",
      schema: { properties: { city: { type: "string" }, job: { type: "string" }, shoe_size: { type: "number" } } },
    });
    expect(filled).toMatchObject({ values: { city: "Porto", shoe_size: null }, madeBy: "model" });
    expect((await client.get(filled.citations["city"]?.[0] ?? "")).memory).toMatch(/Porto/u);
  });

  it("exports follow export_instructions, through mem0ai and through ours", async () => {
    const mem0 = mem0Client(server);
    const schema = { type: "object", properties: { city: { type: "string" }, job: { type: "string" } } };
    const filters = { user_id: "alice" };
    const made = await callClient(mem0, "createMemoryExport", {
      schema,
      filters,
      exportInstructions: "Write jobs in capitals.",
    });
    expect(String(made["warnings"] ?? "")).not.toMatch(/export_instructions/u);
    const got = await callClient(mem0, "getMemoryExport", { memoryExportId: made["id"] });
    expect(got).toEqual({ city: "Porto", job: "nurse, as asked: in capitals" });
    expect(model.calls.at(-1)?.prompt).toContain('Guidance:\n"Write jobs in capitals."');
    const asked = model.calls.length;
    expect(await client.getMemoryExport({ memoryExportId: String(made["id"]) })).toEqual(got);
    expect(model.calls).toHaveLength(asked);
    const own = await client.createMemoryExport({ schema, filters });
    expect(own).toMatchObject({ status: "SUCCEEDED", memories: 3 });
  });

  it("Mem0's profiles are made by it too, after the project's custom instructions", async () => {
    await server.call("POST", "/v2/profiles/settings/", {
      entities: { user: { custom_instructions: "For a nurse's app." } },
    });
    const settings = await server.call("GET", "/v2/profiles/settings/");
    expect(settings.body).toMatchObject({ capabilities: { language_model: true } });
    const got = await server.call("GET", "/v2/entities/user/alice/profile/");
    expect(got.body).toMatchObject({ status: "succeeded", made_by: "model" });
    expect(model.calls.at(-1)?.prompt).toContain("For a nurse's app.");
  });

  it("what it cost is in the ledger", async () => {
    const { body } = await server.call("GET", "/v1/ledger/?user_id=alice");
    const purposes = new Set((body as { calls: { purpose: string }[] }).calls.map(({ purpose }) => purpose));
    expect([...purposes]).toEqual(expect.arrayContaining(["profile", "summary", "schema"]));
  });

  it("when it is down, the rules' result stands and says so", async () => {
    isDown = true;
    const profile = await client.profile({ userId: "alice", instructions: "anew" });
    expect(profile.madeBy).toBe("rules");
    expect(profile.warnings.join()).toMatch(/provider_failed/u);
    expect(profile.text).toMatch(/Porto/u);
    const summary = await client.summary({ userId: "alice", useModel: false });
    expect(summary).toMatchObject({ madeBy: "rules", warnings: [] });
  });

  it("a reader may look, and sees nothing of another project", async () => {
    const { body: organizations } = await server.call("GET", "/api/v1/orgs/organizations/");
    const [organization] = organizations as { org_id: string }[];
    const projects = `/api/v1/orgs/organizations/${organization?.org_id ?? ""}/projects/`;
    const { body: project } = await server.call("POST", projects, { name: "other" });
    const { body: key } = await server.call("POST", "/api/v1/keys/", {
      label: "reader",
      role: "reader",
      project_id: (project as { project_id: string }).project_id,
    });
    const reader = new MemoryClient({ host: server.url, apiKey: (key as { key: string }).key });
    expect(await reader.profile({ userId: "alice" })).toMatchObject({ memories: 0, text: "" });
    expect(await reader.summary({ userId: "alice" })).toMatchObject({ lines: [], memoriesInScope: 0 });
    expect((await reader.instructions({ userId: "alice" })).results).toEqual([]);
  });
});
