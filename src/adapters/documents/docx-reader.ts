import { invalidInput } from "../../errors.ts";
import type { DocumentReader, DocumentText } from "../../ports/document-reader.ts";
import { decodeText } from "./decode-text.ts";
import { decodeEntities } from "./entities.ts";
import { inTurns } from "./in-turns.ts";
import { TextOutput } from "./text-output.ts";
import { tokenizeMarkup } from "./tokenize-markup.ts";
import { readZipEntry } from "./zip-entry.ts";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** Deleted text, and the second form of what stands there already. */
const SKIPPED = new Set(["del", "movefrom", "fallback"]);
const STYLE = /\bval\s{0,3}=\s{0,3}["']([^"']{0,80})/u;

/** Word documents: the paragraphs, headings, list items and table rows of the main text. */
export const docxReader: DocumentReader = {
  canRead: (mediaType, name) => mediaType === DOCX || (mediaType === "application/zip" && /\.docx$/iu.test(name)),
  async read(bytes, signal) {
    const xml = await readZipEntry(bytes, "word/document.xml");
    if (xml === null) throw invalidInput("Expected a Word document (DOCX), got an archive without word/document.xml.");
    return inTurns(readDocument(decodeText(xml)), signal);
  },
};

function* readDocument(xml: string): Generator<undefined, DocumentText, undefined> {
  const output = new TextOutput();
  let isText = false;
  let cells = 0;
  let skipped: { readonly name: string; depth: number } | null = null;
  for (const token of tokenizeMarkup(xml, { isHtml: false })) {
    if (output.isFull) break;
    if (token === undefined) {
      yield;
      continue;
    }
    if (token.kind === "text") {
      if (isText && skipped === null) output.write(decodeEntities(token.text));
      continue;
    }
    const { name, kind } = token;
    if (skipped !== null) {
      if (name !== skipped.name) continue;
      if (kind === "close") skipped.depth -= 1;
      else if (!token.isClosed) skipped.depth += 1;
      if (skipped.depth === 0) skipped = null;
      continue;
    }
    if (kind === "open") {
      if (SKIPPED.has(name) && !token.isClosed) skipped = { name, depth: 1 };
      else if (name === "t") isText = !token.isClosed;
      else if (name === "tab") output.write(" ");
      else if (name === "br" || name === "cr") output.break();
      else if (name === "pstyle") output.begin(headingPrefix(STYLE.exec(token.attributes)?.[1] ?? ""));
      else if (name === "numpr") output.begin("- ");
      else if (name === "tc" && !token.isClosed) {
        output.column();
        cells += 1;
      }
    } else if (name === "t") isText = false;
    else if (name === "tc") cells = Math.max(0, cells - 1);
    else if (name === "tr" || (name === "p" && cells === 0)) output.break();
    else if (name === "p") output.write(" ");
  }
  return output.finish();
}

/** "Heading2", or the same with the name of the language's own template, such as "berschrift2" or "Titre2". */
function headingPrefix(style: string): string {
  if (/^title$|^titel$|^titre$/iu.test(style)) return "# ";
  const level = /^(?:heading|.?berschrift|titre|t[ií]tulo|titolo|kop|rubrik)\s?([1-6])$/iu.exec(style)?.[1];
  if (level !== undefined) return `${"#".repeat(Number(level))} `;
  return /^list/iu.test(style) ? "- " : "";
}
