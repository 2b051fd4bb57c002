import type { DocumentReader, DocumentText } from "../../ports/document-reader.ts";
import { decodeText } from "./decode-text.ts";
import { decodeEntities } from "./entities.ts";
import { inTurns } from "./in-turns.ts";
import { TextOutput } from "./text-output.ts";
import { tokenizeMarkup } from "./tokenize-markup.ts";
import type { MarkupToken } from "./tokenize-markup.ts";

/** What is no text for a reader. */
const SKIPPED = new Set([
  "script", "style", "noscript", "template", "svg", "math", "object", "iframe", "canvas", "select", "button", "nav",
]); // prettier-ignore

const BLOCKS = new Set([
  "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "div", "dl",
  "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
  "hr", "html", "legend", "li", "main", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "textarea",
  "tfoot", "thead", "title", "tr", "ul",
]); // prettier-ignore

const VOID = new Set([
  "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
]); // prettier-ignore

/** Text that a page hides from people is not read either: it is written for machines, and often against them. */
const HIDDEN =
  /(?:^|\s)hidden(?:\s|=|\/|$)|aria-hidden\s{0,3}=\s{0,3}["']?true|display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden/iu;

/** Web pages: headings, lists, table rows and paragraphs as lines; no scripts, styles, menus or hidden parts. */
export const htmlReader: DocumentReader = {
  canRead: (mediaType, name) =>
    mediaType === "text/html" ||
    mediaType === "application/xhtml+xml" ||
    (mediaType === "text/plain" && /\.x?html?$/iu.test(name)),
  read: (bytes, signal) => inTurns(readHtml(decodeText(bytes)), signal),
};

function* readHtml(html: string): Generator<undefined, DocumentText, undefined> {
  const output = new TextOutput();
  let skipped: { readonly name: string; depth: number } | null = null;
  for (const token of tokenizeMarkup(html, { isHtml: true })) {
    if (output.isFull) break;
    if (token === undefined) {
      yield;
      continue;
    }
    if (skipped !== null) {
      if (token.kind === "open" && token.name === skipped.name && !token.isClosed) skipped.depth += 1;
      if (token.kind === "close" && token.name === skipped.name) skipped.depth -= 1;
      if (skipped.depth === 0) skipped = null;
      continue;
    }
    if (token.kind === "open" && isSkipped(token)) {
      skipped = { name: token.name, depth: 1 };
      continue;
    }
    writeToken(output, token);
  }
  return output.finish();
}

function isSkipped({ name, attributes }: Extract<MarkupToken, { kind: "open" }>): boolean {
  if (VOID.has(name)) return false;
  return SKIPPED.has(name) || (attributes.length > 5 && HIDDEN.test(attributes.slice(0, 2000)));
}

function writeToken(output: TextOutput, token: MarkupToken): void {
  if (token.kind === "text") {
    output.write(decodeEntities(token.text));
    return;
  }
  if (token.name === "td" || token.name === "th") {
    if (token.kind === "open") output.column();
    return;
  }
  if (!BLOCKS.has(token.name)) return;
  if (token.kind === "close") output.break();
  else if (/^h[1-6]$/u.test(token.name)) output.begin(`${"#".repeat(Number(token.name[1]))} `);
  else if (token.name === "title") output.begin("# ");
  else if (token.name === "li") output.begin("- ");
  else output.break();
}
