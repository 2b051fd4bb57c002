import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ControlStore } from "../../src/server/control/control-store.ts";
import { createKey, KEY_ROLES, revokeKey } from "../../src/server/control/keys.ts";
import type { KeyRole } from "../../src/server/control/keys.ts";
import { addMember } from "../../src/server/control/members.ts";
import { createOrganization, createProject, updateProject } from "../../src/server/control/projects.ts";
import { startTestServer } from "./test-server.ts";
import type { TestServer } from "./test-server.ts";

/** A project, or an organisation without one: what its keys may see. */
export interface Place {
  readonly org: string;
  /** Null: the organisation itself. */
  readonly project: string | null;
  /** A word that stands in everything that belongs to this place, and nowhere else. */
  readonly mark: string;
  /** Ids and marks of what belongs here. */
  readonly tokens: Set<string>;
  /** What its keys have sent: no secret to them, whosever it is. */
  readonly told: Set<string>;
  readonly ids: { memory: string[]; event: string[]; webhook: string[]; user: string[]; email: string[] };
}

export interface WorldKey {
  readonly id: string;
  readonly secret: string;
  readonly role: KeyRole;
  readonly place: Place;
  isValid: boolean;
}

export interface World {
  readonly server: TestServer;
  readonly places: readonly Place[];
  readonly keys: readonly WorldKey[];
  readonly control: ControlStore;
  /** Owner's key of each place, for the harness alone. */
  readonly admins: ReadonlyMap<Place, string>;
  readonly close: () => Promise<void>;
}

/** Organisations with projects as counted in `shape`, each with memories, a webhook, members and keys of every kind. */
export async function buildWorld(shape: readonly number[]): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "recollect-isolation-"));
  const control = new ControlStore(join(folder, "control.db"));
  const places: Place[] = [];
  const keys: WorldKey[] = [];
  const admins = new Map<Place, string>();
  for (const [number, projects] of shape.entries()) {
    const mark = `qorg${number}x`;
    const { id: org } = createOrganization(control, `${mark} company`);
    const place = placeOf(org, null, mark);
    places.push(place);
    addMember(control, { orgId: org, projectId: "" }, `boss@${mark}.example`, "OWNER");
    for (let at = 0; at < projects; at += 1) {
      const projectMark = `qproj${number}v${at}x`;
      const project = createProject(control, org, `${projectMark} project`, `${projectMark} description`).id;
      updateProject(control, project, { custom_instructions: `${projectMark} instructions` });
      addMember(control, { orgId: org, projectId: project }, `who@${projectMark}.example`, "MEMBER");
      places.push(placeOf(org, project, projectMark));
    }
  }
  for (const place of places) {
    admins.set(place, keyOf(control, place, "owner", "harness").secret);
    for (const role of KEY_ROLES) keys.push(keyOf(control, place, role, role));
    const expired = keyOf(control, place, "owner", "expired", Date.now() - 1000);
    const revoked = keyOf(control, place, "owner", "revoked");
    revokeKey(control, place.org, revoked.id);
    keys.push({ ...expired, isValid: false }, { ...revoked, isValid: false });
  }
  const server = await startTestServer({ dataFolder: folder, requestsPerMinute: 10_000_000 });
  const world: World = {
    server,
    places,
    keys,
    control,
    admins,
    close: async () => {
      control.close();
      await server.remove();
    },
  };
  for (const place of places) if (place.project !== null) await furnish(world, place);
  return world;
}

function placeOf(org: string, project: string | null, mark: string): Place {
  return {
    org,
    project,
    mark,
    tokens: new Set([mark, project ?? org]),
    told: new Set(),
    ids: {
      memory: [],
      event: [],
      webhook: [],
      user: [`ann-${mark}`, `bob-${mark}`],
      email: [`${project === null ? "boss" : "who"}@${mark}.example`],
    },
  };
}

function keyOf(
  control: ControlStore,
  place: Place,
  role: KeyRole,
  name: string,
  expiresAt: number | null = null,
): WorldKey {
  const { org: orgId, project: projectId } = place;
  const { secret, info } = createKey(control, { orgId, projectId, role, label: `${name} ${place.mark}`, expiresAt });
  place.tokens.add(info.id).add(secret);
  return { id: info.id, secret, role, place, isValid: true };
}

async function furnish({ server, admins }: World, place: Place): Promise<void> {
  const headers = { authorization: `Token ${admins.get(place) ?? ""}` };
  const { mark, ids, tokens } = place;
  const webhook = await server.call(
    "POST",
    `/api/v1/webhooks/projects/${place.project}/`,
    { name: `${mark} hook`, url: `https://${mark}.example/hook`, event_types: ["memory_update"] },
    headers,
  );
  ids.webhook.push((webhook.body as { webhook_id: string }).webhook_id);
  for (const [index, user] of [...ids.user, ...ids.user].entries()) {
    const added = await server.call(
      "POST",
      "/v3/memories/add/",
      {
        messages: [{ role: "user", content: `Note ${index} of ${mark}: the harbour of ${mark} lies in Oslo.` }],
        user_id: user,
        agent_id: index % 2 === 0 ? `agent-${mark}` : undefined,
        metadata: { from: mark },
        infer: false,
      },
      headers,
    );
    const { results, event_id: event } = added.body as { results: { id: string }[]; event_id: string };
    ids.event.push(event);
    for (const { id } of results) ids.memory.push(id);
  }
  for (const id of [...ids.webhook, ...ids.memory, ...ids.event]) tokens.add(id);
  ids.user.push(`agent-${mark}`);
}

/** May a key of `viewer` see what belongs to `place`? */
export function isVisible(viewer: Place, place: Place): boolean {
  if (viewer.org !== place.org) return false;
  return viewer.project === null || place.project === null || place.project === viewer.project;
}

/** All that a place holds, read with its harness's key and from the control file, without what only notes a use. */
export async function snapshot({ server, admins, control }: World, place: Place): Promise<string> {
  const response = await fetch(`${server.url}/v1/export/`, {
    headers: { authorization: `Token ${admins.get(place) ?? ""}` },
  });
  const rows = [
    control.all("SELECT * FROM projects WHERE id = ?", place.project),
    control.all("SELECT * FROM members WHERE project_id = ? ORDER BY email", place.project),
    control.all("SELECT * FROM webhooks WHERE project_id = ? ORDER BY id", place.project),
    control.all("SELECT * FROM deliveries WHERE project_id = ? ORDER BY delivery_no", place.project),
    control.all("SELECT * FROM events WHERE project_id = ? ORDER BY id", place.project),
    control.all(
      "SELECT id, role, label, revoked_at, expires_at FROM keys WHERE project_id = ? ORDER BY id",
      place.project,
    ),
  ];
  return `${response.status} ${(await response.text()).replaceAll(/"exported_?at":"[^"]*"/giu, "")} ${JSON.stringify(rows)}`;
}
