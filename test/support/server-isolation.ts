import { z } from "zod";
import { allows } from "../../src/server/control/keys.ts";
import type { Route } from "../../src/server/route.ts";
import { Choice, valueOf } from "./server-schema-values.ts";
import type { Known, Schema } from "./server-schema-values.ts";
import { isVisible } from "./server-isolation-world.ts";
import type { Place, World, WorldKey } from "./server-isolation-world.ts";

/** An id that nothing has, of the same form as the real ones. */
const NOWHERE = "0190aaaa-0000-7000-8000-00000000beef";
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;
/** What a place is emptied or ended by: called on one's own only now and then. */
const ENDING = new Set(["deleteProject", "selfHostedReset"]);
/** What the organization that runs the server may do to others. */
const OPERATING = new Set(["deleteOrganization"]);

interface Sent {
  readonly path: string;
  readonly body: string | null;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Calls one route with one key and values of some place, its own or another's. @returns what must not be. */
export async function callAndJudge(world: World, route: Route, key: WorldKey, choice: Choice): Promise<string[]> {
  if (OPERATING.has(route.operation) && isOperator(world, key)) return [];
  const target = choice.chance(0.5) ? key.place : choice.pick(world.places);
  const isForeign = !isVisible(key.place, target);
  const isSpared = ENDING.has(route.operation) && !isForeign && choice.chance(0.9);
  const sent = compose(route, knownOf(isSpared ? null : target), choice);
  if (isSpared && !route.path.includes("{")) return [];
  const answer = await call(world, route, key, sent);
  const problems = judge(world, route, key, sent, answer);
  note(world, route, key, sent, answer);
  if (isForeign) problems.push(...(await compareWithNowhere(world, route, key, { sent, answer, target })));
  return problems.map(
    (text) =>
      `${text}\n  ${route.method} ${sent.path} ${sent.body ?? ""}\n  as ${key.role} of ${key.place.mark} -> ${answer.status} ${answer.text.slice(0, 500)}`,
  );
}

function isOperator({ places }: World, { role, place }: WorldKey): boolean {
  return role === "owner" && place === places[0];
}

function knownOf(place: Place | null): Known {
  if (place === null) return nowhere();
  const { org, project, ids, tokens } = place;
  const memories = ids.memory.length > 0 ? ids.memory : [NOWHERE];
  const keys = [...tokens].filter((token) => /^[0-9a-f-]{36}$/u.test(token));
  return known({
    memory: [...memories, ...ids.event.slice(0, 2)],
    org: [org],
    project: [project ?? org],
    webhook: ids.webhook.length > 0 ? ids.webhook : [`wh_${NOWHERE}`],
    key: keys,
    user: ids.user,
    email: ids.email,
  });
}

function nowhere(): Known {
  return known({
    memory: [NOWHERE],
    org: [`org_${NOWHERE}`],
    project: [`proj_${NOWHERE}`],
    webhook: [`wh_${NOWHERE}`],
    key: [NOWHERE],
    user: ["nobody"],
    email: ["nobody@example.com"],
  });
}

function known(of: Record<"memory" | "org" | "project" | "webhook" | "key" | "user" | "email", string[]>): Known {
  return {
    id: of.memory,
    memory_id: of.memory,
    event_id: of.memory,
    org: of.org,
    org_id: of.org,
    project: of.project,
    project_id: of.project,
    webhook: of.webhook,
    key: of.key,
    email: of.email,
    user_id: of.user,
    agent_id: of.user,
    app_id: of.user,
    run_id: of.user,
    name: of.user,
    entity_id: of.user,
    type: ["user", "agent"],
    entity_type: ["user", "agents"],
    number: ["1", "2", "3", "7"],
    delivery: ["1", "2", "3", "7"],
    query: ["Where does the harbour lie?", "Oslo"],
    url: ["https://example.com/hook"],
    event_types: ["memory_add"],
    event_type: ["memory_add"],
    role: ["MEMBER", "member"],
    page: ["1"],
    page_size: ["10"],
    limit: ["10"],
    top_k: ["10"],
  };
}

function compose(route: Route, values: Known, choice: Choice): Sent {
  const path = route.path.replaceAll(/\{(\w+)\}/gu, (_whole, name: string) =>
    encodeURIComponent(choice.pick(values[name] ?? [NOWHERE])),
  );
  const query = new URLSearchParams();
  for (const name of Object.keys(schemaOf(route.query).properties ?? {}))
    if (choice.chance(0.5) && values[name] !== undefined) query.set(name, choice.pick(values[name]));
  // Both ways of naming a project, also where none is asked for.
  if (choice.chance(0.3)) query.set("project_id", choice.pick(values["project_id"] ?? []));
  if (choice.chance(0.1)) query.set("org_id", choice.pick(values["org_id"] ?? []));
  let body: string | null = null;
  if (route.body !== undefined) {
    const value = valueOf(schemaOf(route.body), "", choice, values) as Record<string, unknown>;
    if (choice.chance(0.3)) value["project_id"] = choice.pick(values["project_id"] ?? []);
    if (route.operation === "updateProject") value["custom_instructions"] = "Only work.";
    body = JSON.stringify(value);
  }
  return { path: query.size === 0 ? path : `${path}?${query.toString()}`, body };
}

function schemaOf(schema: z.ZodType | undefined): Schema {
  return schema === undefined ? {} : (z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema);
}

async function call({ server }: World, route: Route, key: WorldKey, { path, body }: Sent): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method: route.method,
    headers: { authorization: `Token ${key.secret}`, "content-type": "application/json" },
    ...(body === null ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

function judge({ places }: World, route: Route, key: WorldKey, sent: Sent, { status, text }: Answer): string[] {
  const problems: string[] = [];
  if (status >= 500 && status !== 502 && status !== 501) problems.push(`answers ${status}`);
  if (route.role !== "public") {
    if (!key.isValid && status !== 401) problems.push("a key that is over or revoked is let in");
    const isAllowed = allows(key.role, route.role as WorldKey["role"]);
    if (key.isValid && !isAllowed && status !== 403) problems.push(`a ${key.role} is not stopped with 403`);
    if (key.isValid && status === 401) problems.push("a valid key is not let in");
  }
  const request = `${sent.path} ${sent.body ?? ""}`;
  for (const place of places) {
    if (isVisible(key.place, place)) continue;
    for (const token of place.tokens)
      if (text.includes(token) && !request.includes(token) && !key.place.told.has(token))
        problems.push(`shows ${token}, which belongs to ${place.mark}`);
  }
  return problems;
}

/** What is new belongs to the place of the key; what somebody sent himself is no secret to him. */
function note({ places, keys }: World, route: Route, key: WorldKey, sent: Sent, { status, text }: Answer): void {
  if (status >= 400) return;
  const request = `${sent.path} ${sent.body ?? ""}`;
  for (const id of new Set(text.match(UUID))) {
    const owners = places.filter(({ tokens }) => [...tokens].some((token) => token.includes(id)));
    if (owners.length === 0) key.place.tokens.add(id);
  }
  const reached = reachedBy(places, key.place, request);
  const sentTokens = places.flatMap(({ tokens }) => [...tokens].filter((token) => request.includes(token)));
  for (const place of reached) for (const token of sentTokens) place.told.add(token);
  const ended = /^(?:rotateKey|revokeKey|selfHostedRevokeKey)$/u.test(route.operation);
  for (const other of keys) {
    const isGone = route.operation === "deleteProject" && sent.path.includes(other.place.project ?? "none");
    if (isGone || (ended && sent.path.includes(other.id))) other.isValid = false;
  }
}

/** Where a call may have left what it carried: a key of an organisation writes to the project it names, else the oldest. */
function reachedBy(places: readonly Place[], place: Place, request: string): readonly Place[] {
  // Keys of the organisation see what its projects' keys left.
  if (place.project !== null)
    return places.filter((each) => each === place || (each.org === place.org && each.project === null));
  const own = places.filter(({ org, project }) => org === place.org && project !== null);
  // What is the organisation's own is seen from all of its projects.
  if (/^\/api\/v1\/orgs\/organizations\/[^/]*\/?(?:members\/)?(?:[?\s]|$)/u.test(request)) return [place, ...own];
  const named = own.filter(({ project }) => request.includes(project ?? "none"));
  return [place, ...(named.length > 0 ? named : own.slice(0, 1))];
}

/** Another's id must be answered exactly as one that nobody has: no hint that it is there. */
async function compareWithNowhere(
  world: World,
  route: Route,
  key: WorldKey,
  { sent, answer, target }: { readonly sent: Sent; readonly answer: Answer; readonly target: Place },
): Promise<string[]> {
  const swap = (text: string): string =>
    [...target.tokens, ...(target.org === key.place.org ? [] : [target.org])]
      .filter((token) => token !== target.mark)
      .toSorted((left, right) => right.length - left.length)
      .reduce((changed, token) => changed.replaceAll(token, token.replace(UUID, NOWHERE)), text)
      .replaceAll(target.mark, "nothing");
  const twin: Sent = { path: swap(sent.path), body: sent.body === null ? null : swap(sent.body) };
  // What changes something answers differently the second time by right.
  if (answer.status < 400 || twin.path + (twin.body ?? "") === sent.path + (sent.body ?? "")) return [];
  const other = await call(world, route, key, twin);
  const plain = (text: string): string => swap(text).replaceAll(/"request_id":"[^"]*"/gu, "");
  if (other.status === answer.status && plain(other.text) === plain(answer.text)) return [];
  return [`tells an id of ${target.mark} from one that is not there: ${other.status} ${other.text.slice(0, 300)}`];
}
