import { STEP_CHARACTERS } from "./in-turns.ts";

/** A piece of HTML or XML. */
export type MarkupToken =
  | { readonly kind: "text"; readonly text: string }
  /** Name in lower case, without its namespace prefix; `attributes` as written. */
  | { readonly kind: "open"; readonly name: string; readonly attributes: string; readonly isClosed: boolean }
  | { readonly kind: "close"; readonly name: string };

/** Elements of HTML whose content is no markup. */
const RAW = new Set(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"]);
const TAG = /<(\/?)(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)/uy;
/**
 * The pieces of HTML or XML, one after the other, in time linear in its length: nothing is looked at twice, and what is
 * never closed reaches to the end. Comments, declarations and processing instructions are left out. Yields undefined
 * where a step ends.
 */
export function* tokenizeMarkup(
  markup: string,
  { isHtml }: { readonly isHtml: boolean },
): Generator<MarkupToken | undefined, void, undefined> {
  let stepEnd = STEP_CHARACTERS;
  for (let place = 0; place < markup.length;) {
    if (place >= stepEnd) {
      yield undefined;
      stepEnd = place + STEP_CHARACTERS;
    }
    if (markup[place] !== "<") {
      const next = markup.indexOf("<", place);
      const end = Math.min(next < 0 ? markup.length : next, place + STEP_CHARACTERS);
      yield { kind: "text", text: markup.slice(place, end) };
      place = end;
      continue;
    }
    if (markup.startsWith("<![CDATA[", place)) {
      const end = endOf(markup, "]]>", place);
      const text = markup.slice(place + 9, end - 3);
      // References are not resolved in there.
      yield { kind: "text", text: text.replaceAll("&", "&amp;") };
      place = end;
      continue;
    }
    if (markup.startsWith("<!--", place)) {
      place = endOf(markup, "-->", place);
      continue;
    }
    if (markup[place + 1] === "!" || markup[place + 1] === "?") {
      place = endOf(markup, ">", place);
      continue;
    }
    TAG.lastIndex = place;
    const match = TAG.exec(markup);
    if (match === null) {
      yield { kind: "text", text: "<" };
      place += 1;
      continue;
    }
    const end = endOfTag(markup, TAG.lastIndex);
    const attributes = markup.slice(TAG.lastIndex, end);
    place = end + 1;
    const name = (match[2] ?? "").toLowerCase();
    if (match[1] === "/") {
      yield { kind: "close", name };
      continue;
    }
    yield { kind: "open", name, attributes, isClosed: attributes.endsWith("/") };
    if (!isHtml || !RAW.has(name)) continue;
    const closing = new RegExp(`</${name}`, "giu");
    closing.lastIndex = place;
    const rawEnd = closing.exec(markup)?.index ?? markup.length;
    if (name === "title" || name === "textarea") yield { kind: "text", text: markup.slice(place, rawEnd) };
    place = rawEnd;
  }
}

/** Behind the next `mark`, or the end of the text. */
function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** Where the ">" of a tag stands, or the end of the text. Quotes may hold ">"; an open one runs to the end. */
function endOfTag(markup: string, from: number): number {
  for (let place = from; place < markup.length; place += 1) {
    const sign = markup[place];
    if (sign === ">") return place;
    if (sign !== '"' && sign !== "'") continue;
    const quote = markup.indexOf(sign, place + 1);
    if (quote < 0) return markup.length;
    place = quote;
  }
  return markup.length;
}
