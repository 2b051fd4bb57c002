import { describe, expect, it } from "vitest";
import { allOf, anyOf, condition, type Filter, noneOf } from "./filter.ts";
import { boundScopes, namedScopes, requireScope, scopeReach } from "./filter-scopes.ts";
import type { ScopeKey } from "./scope.ts";

const is = (key: ScopeKey, value: string | null): Filter =>
  condition({ kind: "scope", key }, { operator: "eq", value });
const exists = (key: ScopeKey): Filter => condition({ kind: "scope", key }, { operator: "exists", value: true });
const user = (id: string | null): Filter => is("userId", id);
const topic = condition({ kind: "metadata", path: ["topic"] }, { operator: "eq", value: "x" });

const pairs = (first: ScopeKey, second: ScopeKey): Filter =>
  anyOf(Array.from({ length: 40 }, (_, index) => allOf([is(first, `a${index}`), is(second, `b${index}`)])));

describe("requireScope", () => {
  it.each<[string, Filter]>([
    ["a user", user("u")],
    ["an agent", is("agentId", "a")],
    ["a user beside other conditions", allOf([user("u"), topic])],
    ["a user deep inside AND", allOf([topic, allOf([allOf([user("u")])])])],
    ["an OR whose branches each name an id", anyOf([user("u"), allOf([is("agentId", "a"), topic])])],
    ["an OR without ids beside an id", allOf([anyOf([topic, exists("userId")]), user("u")])],
    ["NOT beside an id", allOf([user("u"), noneOf([user("v")])])],
    ["null beside an id", allOf([user(null), is("agentId", "a")])],
    ["two users at once, which is nobody", allOf([user("u"), user("v")])],
  ])("lets %s pass", (_, filter) => {
    expect(requireScope(filter).every((binding) => Object.keys(binding).length > 0)).toBe(true);
  });

  it.each<[string, Filter | undefined]>([
    ["nothing", undefined],
    ["metadata only", topic],
    ["an id under NOT", noneOf([user("u")])],
    ["an id under two NOTs", noneOf([noneOf([user("u")])])],
    ["an OR with one branch without an id", anyOf([user("u"), topic])],
    ["an OR with an empty branch", anyOf([user("u"), { type: "and", filters: [] }])],
    ["ne", condition({ kind: "scope", key: "userId" }, { operator: "ne", value: "u" })],
    ["nin", condition({ kind: "scope", key: "userId" }, { operator: "nin", value: ["u"] })],
    ["no user at all", user(null)],
    ["an id or none", condition({ kind: "scope", key: "userId" }, { operator: "in", value: ["u", null] })],
    ["a user or no user", anyOf([user("u"), user(null)])],
    ["any user", exists("userId")],
    ["a part of an id", condition({ kind: "scope", key: "userId" }, { operator: "contains", value: "u" })],
  ])("refuses %s", (_, filter) => {
    expect(() => requireScope(filter)).toThrow(
      "filters must contain at least one of: user_id, agent_id, run_id. Example: filters: { user_id: 'u1' }",
    );
  });

  it("counts any id as one only where the caller may see the whole project", () => {
    expect(requireScope(exists("userId"), { wildcard: "any" })).toEqual([{ userId: "present" }]);
    expect(() => requireScope(anyOf([exists("userId"), topic]), { wildcard: "any" })).toThrow("filters must contain");
  });
});

describe("boundScopes", () => {
  it("intersects under AND and unites under OR", () => {
    expect(boundScopes(allOf([anyOf([user("a"), user("b")]), anyOf([user("b"), user("c")])]))).toEqual([
      { userId: new Set(["b"]) },
    ]);
    const mixed = boundScopes(anyOf([user("a"), is("agentId", "x")]));
    expect(mixed).toEqual([{ userId: new Set(["a"]) }, { agentId: new Set(["x"]) }]);
    expect(scopeReach(mixed)).toEqual({ userId: "any", agentId: "any", appId: "any", runId: "any" });
    expect(scopeReach(boundScopes(allOf([user("a"), topic]))).userId).toEqual(new Set(["a"]));
    expect(scopeReach(boundScopes(allOf([user("a"), user("b")]))).userId).toEqual(new Set());
  });

  it("stays small and bound when alternatives multiply", () => {
    const bindings = requireScope(
      allOf([pairs("userId", "agentId"), pairs("userId", "runId"), pairs("appId", "runId")]),
    );
    expect(bindings.length).toBeLessThanOrEqual(64);
    const many = anyOf(Array.from({ length: 900 }, (_, index) => allOf([user(`u${index}`), is("runId", "r")])));
    const users = scopeReach(requireScope(many)).userId;
    expect(users === "any" ? 0 : users.size).toBe(900);
  });

  it("tells which keys are named anywhere", () => {
    expect(namedScopes(allOf([topic, noneOf([is("runId", "r")]), user("u")]))).toEqual(["userId", "runId"]);
    expect(namedScopes(undefined)).toEqual([]);
  });
});
