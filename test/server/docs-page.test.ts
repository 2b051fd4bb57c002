import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer } from "../support/test-server.ts";
import type { TestServer } from "../support/test-server.ts";

describe("the page of the API", () => {
  let server: TestServer;
  let page: string;

  beforeAll(async () => {
    server = await startTestServer();
    page = await (await fetch(`${server.url}/docs`)).text();
  });

  afterAll(async () => {
    await server.remove();
  });

  test("is there with and without a slash, without a key", async () => {
    for (const path of ["/docs", "/docs/"]) {
      const response = await fetch(`${server.url}${path}`);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    }
  });

  test("asks nobody else for anything", () => {
    expect(page).toMatch(/^<!doctype html>/u);
    expect(page.match(/\b(?:https?:)?\/\/[\w.-]+/gu) ?? []).toEqual([]);
    expect(page).not.toMatch(/<(?:link[^>]+stylesheet|script[^>]+src|img|iframe)/u);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain("connect-src 'self'");
  });

  test("puts no text of the description into the page as HTML", () => {
    expect(page).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/u);
  });

  test("its script is sound, and what it reads of the description is there", async () => {
    const script = /<script>([\s\S]*)<\/script>/u.exec(page)?.[1] ?? "";
    expect(script.length).toBeGreaterThan(1_000);
    // Parsed, not run.
    expect(() => new Function(script)).not.toThrow();
    const description = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { operationId: string; tags: string[]; parameters: unknown[] }>>;
    };
    const operations = Object.values(description.paths).flatMap((methods) => Object.values(methods));
    expect(operations.length).toBeGreaterThan(50);
    expect(
      operations.filter(({ operationId, tags, parameters }) => !(operationId && tags.length > 0 && parameters)),
    ).toEqual([]);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  test("its examples are requests that the server takes", async () => {
    const script = /<script>([\s\S]*)<\/script>/u.exec(page)?.[1] ?? "";
    const element = { addEventListener: (): void => undefined };
    const exampleOf = (
      new Function("document", "fetch", `${script}\nreturn exampleOf;`) as (
        document: object,
        fetch: () => Promise<never>,
      ) => (schema: unknown, depth: number) => unknown
    )({ getElementById: () => element }, () => new Promise(() => undefined));
    type Operation = { requestBody?: { content: Record<string, { schema: object }> } };
    const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, Operation>>;
    };
    const refused: string[] = [];
    const tried = Object.entries(paths).flatMap(([path, { post }]) =>
      /^\/v[13]\/(?!orgs|import|chat|feedback|exports\/get)[a-z_/]+\/$/u.test(path) && post !== undefined
        ? [[path, post] as const]
        : [],
    );
    expect(tried.length).toBeGreaterThan(15);
    for (const [path, operation] of tried) {
      const schema = operation.requestBody?.content["application/json"]?.schema;
      const reply = await fetch(`${server.url}${path}`, {
        method: "POST",
        headers: { authorization: `Token ${server.key}`, "content-type": "application/json" },
        ...(schema === undefined ? {} : { body: JSON.stringify(exampleOf(schema, 0)) }),
      });
      // What the examples name need not be there.
      if (reply.status >= 400 && reply.status !== 404) refused.push(`${path}: ${await reply.text()}`);
    }
    expect(refused).toEqual([]);
  });
});
