import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ControlStore } from "../../src/server/control/control-store.ts";
import { createKey } from "../../src/server/control/keys.ts";
import { createOrganization, createProject } from "../../src/server/control/projects.ts";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

let server: TestServer;
/** Two projects of two organizations: the older one runs the server. */
const projects: { id: string; key: string }[] = [];

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "recollect-server-"));
  const control = new ControlStore(join(folder, "control.db"));
  for (const name of ["operator", "tenant"]) {
    const { id: orgId } = createOrganization(control, name);
    const { id } = createProject(control, orgId, name);
    projects.push({ id, key: createKey(control, { orgId, projectId: null, role: "owner", label: name }).secret });
  }
  control.close();
  server = await startTestServer({ dataFolder: folder, allowPrivateAddresses: true });
});

afterAll(async () => {
  await server.remove();
});

async function as(project: number, method: string, path: string, body?: unknown): Promise<unknown> {
  const reply = await server.call(method, path, body, { authorization: `Token ${projects[project]?.key ?? ""}` });
  return reply.body;
}

it("entities and deliveries are numbered in each project from one: no number tells how much others have", async () => {
  for (const name of ["a", "b", "c"]) expect(await as(0, "POST", "/v1/users/", { user_id: name })).toHaveProperty("id");
  expect(await as(1, "POST", "/v1/users/", { user_id: "z" })).toMatchObject({ id: 1 });
  const first: unknown[] = [];
  for (const project of [0, 1]) {
    const hook = { name: "hook", url: "http://127.0.0.1:9/", event_types: ["memory_add"] };
    const { webhook_id: id } = (await as(
      project,
      "POST",
      `/api/v1/webhooks/projects/${projects[project]?.id ?? ""}/`,
      hook,
    )) as { webhook_id: string };
    await as(project, "POST", "/v3/memories/add/", { messages: "I like tea.", user_id: "z", infer: false });
    first.push(await as(project, "GET", `/api/v1/webhooks/${id}/deliveries/`));
  }
  expect(first).toMatchObject([[{ delivery_id: 1 }], [{ delivery_id: 1 }]]);
});

it("the figures of the whole server are shown to the organization that runs it alone", async () => {
  const own = await fetch(`${server.url}/metrics`, { headers: { authorization: `Token ${projects[0]?.key ?? ""}` } });
  expect(own.status).toBe(200);
  expect(await own.text()).toContain("recollect_open_projects");
  const other = await fetch(`${server.url}/metrics`, { headers: { authorization: `Token ${projects[1]?.key ?? ""}` } });
  expect(other.status).toBe(403);
});

it("an owner of one project changes nothing of its organization", async () => {
  const id = projects[1]?.id ?? "";
  const { key } = (await as(1, "POST", "/api/v1/keys/", { label: "one", role: "owner", project_id: id })) as {
    key: string;
  };
  const [{ org_id: org } = { org_id: "" }] = (await as(1, "GET", "/api/v1/orgs/organizations/")) as {
    org_id: string;
  }[];
  for (const method of ["POST", "PUT", "DELETE"]) {
    const path = `/api/v1/orgs/organizations/${org}/members/`;
    const body = { email: "new@example.com", role: "OWNER" };
    expect((await server.call(method, path, body, { authorization: `Token ${key}` })).status).toBe(403);
    const ofProject = `/api/v1/orgs/organizations/${org}/projects/${id}/members/`;
    expect((await server.call(method, ofProject, body, { authorization: `Token ${key}` })).status).toBeLessThan(300);
  }
});

it("a project's audit is whole, however much its organization did", async () => {
  const id = projects[1]?.id ?? "";
  const made = (await as(1, "POST", "/api/v1/keys/", { label: "one", role: "owner", project_id: id })) as {
    key: string;
  };
  const headers = { authorization: `Token ${made.key}` };
  await server.call("POST", "/api/v1/keys/", { label: "mine" }, headers);
  for (let count = 0; count < 210; count += 1) await as(1, "POST", "/api/v1/keys/", { label: "theirs" });
  const { body } = await server.call("GET", "/api/v1/audit/", undefined, headers);
  expect((body as { action: string }[]).some(({ action }) => action === "key.create")).toBe(true);
});
