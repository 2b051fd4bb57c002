import { describe, expect, it } from "vitest";
import { makePdf } from "../../../test/support/document-fixtures.ts";
import { createPdfReader } from "./pdf-reader.ts";

/** A package in the place of unpdf, whose document does as told. */
function packageOf(document: string): string {
  const code = `export async function getDocumentProxy(bytes, options) { ${document} }`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}

const PAGES = packageOf(`
  if (!(bytes instanceof Uint8Array) || options.isEvalSupported !== false) throw new Error("called wrongly");
  const lines = new TextDecoder().decode(bytes).split("|");
  return { numPages: lines.length, getPage: async (number) => ({
    getTextContent: async () => ({ items: [{ str: "Page " + number, hasEOL: true }, { type: "mark" }, { str: lines[number - 1] }] }),
    cleanup() {},
  }) };`);

describe("PDF", () => {
  it("gives the text of its pages, parted by empty lines", async () => {
    const reader = createPdfReader({ packageUrl: PAGES });
    expect(reader.canRead("application/pdf", "")).toBe(true);
    expect(await reader.read(Buffer.from("one  line|two"))).toEqual({
      text: "Page 1\none line\n\nPage 2\ntwo",
      warnings: [],
    });
  });

  it("is read so many pages far, and says so", async () => {
    const reader = createPdfReader({ packageUrl: PAGES, maxPages: 2 });
    const { warnings } = await reader.read(Buffer.from("1|2|3"));
    expect(warnings).toEqual(["Only the first 2 of 3 pages were read."]);
  });

  it("is read by the real package: pages, a damaged file, and the caller's end", async () => {
    const reader = createPdfReader();
    const pdf = makePdf("The rent is 900 euros.", "Signed (by Anna).");
    expect(await reader.read(pdf)).toEqual({ text: "The rent is 900 euros.\n\nSigned (by Anna).", warnings: [] });
    await expect(reader.read(Buffer.from("%PDF-1.4 nothing"))).rejects.toMatchObject({ code: "invalid_input" });
    const stop = new AbortController();
    const ended = reader.read(pdf, stop.signal);
    stop.abort(new Error("the caller's"));
    await expect(ended).rejects.toThrow("the caller's");
  });

  it("without text says so", async () => {
    expect(await createPdfReader().read(makePdf(""))).toEqual({
      text: "",
      warnings: ["It holds no text, perhaps only pictures of pages."],
    });
  });

  it("ends a parser that does not end", async () => {
    const endless = createPdfReader({ packageUrl: packageOf("for (;;) {}"), readMs: 300 });
    await expect(endless.read(Buffer.from("x"))).rejects.toMatchObject({ code: "timeout" });
  });
});
