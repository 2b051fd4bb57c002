/**
 * The page at /docs/: reads /openapi.json and shows it. One file without a library, a font or an address elsewhere, so
 * that it works where there is no network.
 */
// The end of a script within a tagged template makes the bundler import a helper that is no dependency of ours.
const SLASH = "/";
const TICK = "`";

export const DOCS_PAGE: string = String.raw`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">
<link rel="icon" href="data:,">
<title>Recollect: the API</title>
<style>
:root { --text: #1c2024; --soft: #60646c; --line: #d9dce1; --back: #ffffff; --panel: #f6f7f9; --accent: #0b5cad;
  --get: #1a6f3c; --post: #0b5cad; --put: #8a5300; --patch: #6d3fa0; --delete: #a8281e; }
@media (prefers-color-scheme: dark) { :root { --text: #e8eaed; --soft: #a2a8b1; --line: #363b42; --back: #15181c; --panel: #1d2126;
  --accent: #7ab8f5; --get: #6fcf97; --post: #7ab8f5; --put: #e9b45c; --patch: #c3a2ee; --delete: #f2938c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.125rem; margin: 2.25rem 0 .5rem; text-transform: capitalize; }
h3 { font-size: .8125rem; margin: 1.25rem 0 .375rem; color: var(--soft); font-weight: 600; }
p { margin: .25rem 0 1rem; color: var(--soft); }
a { color: var(--accent); }
code, pre, .path { font: .875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
input { width: 100%; padding: .625rem .75rem; font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: .375rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
details { border-top: 1px solid var(--line); }
details:last-of-type { border-bottom: 1px solid var(--line); }
summary { display: flex; flex-wrap: wrap; gap: .125rem .75rem; align-items: baseline; padding: .625rem .25rem; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:hover { background: var(--panel); }
.method { width: 4.25rem; font: 700 .75rem/1.5 ui-monospace, Menlo, Consolas, monospace; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); } .delete { color: var(--delete); }
.path { overflow-wrap: anywhere; }
.what { flex-basis: 100%; padding-left: 5rem; color: var(--soft); font-size: .875rem; }
.inside { padding: 0 .25rem 1.25rem 5rem; }
.list { width: 100%; border-collapse: collapse; font-size: .875rem; }
.list td { padding: .25rem .75rem .25rem 0; vertical-align: top; border-top: 1px solid var(--line); }
.list td:first-child { overflow-wrap: anywhere; width: 40%; }
.list tr:first-child td { border-top: 0; }
.needed { color: var(--delete); font-size: .75rem; }
pre { margin: 0; padding: .75rem; overflow-x: auto; background: var(--panel); border: 1px solid var(--line); border-radius: .375rem; }
.state { padding: 2rem 0; }
@media (max-width: 40rem) { .what { padding-left: 0; } .inside { padding-left: .25rem; } .method { width: 3.25rem; } .list td:first-child { width: 60%; } }
</style>
</head>
<body>
<main>
<h1>Recollect</h1>
<p id="about"></p>
<input id="search" type="search" placeholder="Find a path, an operation, a word" aria-label="Find an operation" autocomplete="off">
<div id="list" aria-live="polite"><p class="state">Reading /openapi.json …</p></div>
</main>
<script>
"use strict";
const list = document.getElementById("list");
const search = document.getElementById("search");
let operations = [];
let definitions = {};

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** A text in which what stands between two backticks is code. */
function withCode(made, text) {
  for (const [index, part] of text.split("${TICK}").entries()) made.append(index % 2 === 1 ? element("code", "", part) : part);
  return made;
}

function resolve(schema) {
  if (schema && typeof schema.$ref === "string") return definitions[schema.$ref.split("/").pop()] || {};
  return schema || {};
}

function typeOf(given) {
  const schema = resolve(given);
  if (schema.enum) return schema.enum.map(function (each) { return JSON.stringify(each); }).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.anyOf || schema.oneOf;
  if (choices) return choices.map(typeOf).join(" | ");
  if (schema.type === "array") return "list of " + typeOf(schema.items);
  return Array.isArray(schema.type) ? schema.type.join(" | ") : schema.type || "any";
}

function rowsOf(given, prefix, depth) {
  const schema = resolve(given);
  const rows = [];
  for (const [name, each] of Object.entries(schema.properties || {})) {
    rows.push({ name: prefix + name, type: typeOf(each), needed: (schema.required || []).includes(name) });
    const inner = resolve(each).type === "array" ? resolve(each).items : each;
    if (depth < 3) rows.push(...rowsOf(inner, prefix + name + (inner === each ? "." : "[]."), depth + 1));
  }
  return rows;
}

function table(rows) {
  const made = element("table", "list");
  for (const row of rows) {
    const line = made.insertRow();
    const name = line.insertCell();
    name.append(element("code", "", row.name));
    if (row.needed) name.append(" ", element("span", "needed", "needed"));
    line.insertCell().textContent = row.type;
  }
  return made;
}

/** What a name stands for where its type says too little, and whose memories: a request without any is refused. */
const EXAMPLES = {
  messages: [{ role: "user", content: "I am vegetarian." }],
  filters: { user_id: "alice" },
  user_id: "alice",
  agent_id: "reviewer",
  memory_id: "<id of a memory>",
  schema: { type: "object", properties: { city: { type: "string" } } },
  subject: "Alice", predicate: "lives_in", object: "Porto", from: "Alice", to: "Porto", into: "Alice Miller", entity: "Alice", alias: "Ali",
};
const WHOSE = ["filters", "user_id", "agent_id"];

function exampleOf(given, depth, name) {
  if (Object.hasOwn(EXAMPLES, name || "")) return EXAMPLES[name];
  const schema = resolve(given);
  const choices = schema.anyOf || schema.oneOf;
  if (choices) return exampleOf(choices[0], depth);
  if (schema.enum) return schema.enum[0];
  if (schema.type === "array") return depth > 3 ? [] : [exampleOf(schema.items, depth + 1, (name || "").replace(/s$/, ""))];
  if (schema.type === "object") {
    const properties = schema.properties || {};
    const needed = schema.required || [];
    const whose = depth > 0 || WHOSE.some(function (each) { return needed.includes(each); }) ? undefined
      : WHOSE.find(function (each) { return Object.hasOwn(properties, each); });
    return Object.fromEntries(needed.concat(whose || []).map(function (each) { return [each, exampleOf(properties[each], depth + 1, each)]; }));
  }
  return { string: "…", number: 1, integer: 1, boolean: true }[schema.type] ?? "…";
}

function curlOf(operation) {
  const lines = ["curl" + (operation.method === "get" ? "" : " -X " + operation.method.toUpperCase()) + " '" + location.origin + operation.path + "'"];
  if (operation.needsKey) lines.push("-H 'Authorization: Token <key>'");
  if (operation.body) {
    lines.push("-H 'Content-Type: application/json'");
    lines.push("-d '" + JSON.stringify(exampleOf(operation.body, 0)) + "'");
  }
  return lines.join(" \\\n  ");
}

function inside(operation) {
  const made = element("div", "inside");
  const add = function (title, rows) {
    if (rows.length > 0) made.append(element("h3", "", title), table(rows));
  };
  for (const place of ["path", "query"]) {
    const found = operation.parameters.filter(function (each) { return each.in === place; });
    add(place === "path" ? "In the path" : "In the query", found.map(function (each) {
      return { name: each.name, type: typeOf(each.schema), needed: place === "query" && each.required };
    }));
  }
  if (operation.body) add("Body (application/json)", rowsOf(operation.body, "", 0));
  made.append(element("h3", "", operation.needsKey ? "For example" : "For example, without a key"), element("pre", "", curlOf(operation)));
  return made;
}

function show() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = operations.filter(function (each) { return words.every(function (word) { return each.text.includes(word); }); });
  const made = document.createDocumentFragment();
  let tag = null;
  for (const operation of found) {
    if (operation.tag !== tag) {
      tag = operation.tag;
      made.append(element("h2", "", tag));
    }
    const details = element("details");
    const summary = element("summary");
    summary.append(
      element("span", "method " + operation.method, operation.method.toUpperCase()),
      element("span", "path", operation.path),
      withCode(element("span", "what"), operation.summary),
    );
    details.id = operation.id;
    details.append(summary);
    details.addEventListener("toggle", function () {
      if (details.open && details.childElementCount === 1) details.append(inside(operation));
    });
    made.append(details);
  }
  if (found.length === 0) made.append(element("p", "state", "Nothing has all of these words."));
  list.replaceChildren(made);
}

async function start() {
  const answer = await fetch("/openapi.json");
  if (!answer.ok) throw new Error("/openapi.json was answered with " + answer.status);
  const description = await answer.json();
  definitions = (description.components && description.components.schemas) || {};
  document.getElementById("about").textContent = description.info.description + " OpenAPI " + description.openapi + ": /openapi.json";
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, given] of Object.entries(methods)) {
      const body = given.requestBody && given.requestBody.content["application/json"];
      operations.push({
        method, path, id: given.operationId, summary: given.summary || "", tag: (given.tags || ["other"])[0],
        parameters: given.parameters || [], body: body && body.schema, needsKey: (given.security || []).length > 0,
        text: [method, path, given.operationId, given.summary, (given.tags || []).join(" ")].join(" ").toLowerCase(),
      });
    }
  }
  const order = [...new Set(operations.map(function (each) { return each.tag; }))];
  operations.sort(function (one, other) { return order.indexOf(one.tag) - order.indexOf(other.tag); });
  show();
  const asked = location.hash && document.getElementById(location.hash.slice(1));
  if (asked) {
    asked.open = true;
    asked.scrollIntoView();
  }
}

search.addEventListener("input", show);
start().catch(function (error) { list.replaceChildren(element("p", "state", "The description cannot be read: " + error.message)); });
<${SLASH}script>
</body>
</html>
`;
