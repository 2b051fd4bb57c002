import { DOCS_PAGE } from "../docs-page.ts";
import { route } from "../route.ts";
import type { Route } from "../route.ts";

export const docsRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/",
    operation: "showStart",
    summary: "Leads to the documentation",
    tag: "server",
    role: "public",
    handle: () => ({ response: new Response(null, { status: 302, headers: { Location: "/docs/" } }) }),
  }),
  route({
    method: "GET",
    path: "/docs/",
    operation: "showDocumentation",
    summary: "This API as a page, offline",
    tag: "server",
    role: "public",
    handle: () => ({ text: DOCS_PAGE, type: "text/html; charset=utf-8" }),
  }),
];
