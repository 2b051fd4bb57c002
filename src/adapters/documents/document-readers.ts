import type { DocumentReader } from "../../ports/document-reader.ts";
import { docxReader } from "./docx-reader.ts";
import { htmlReader } from "./html-reader.ts";
import { createPdfReader } from "./pdf-reader.ts";
import { textReader } from "./text-reader.ts";

/** The readers that come with Recollect; the first that can read a document does. */
export function createDocumentReaders(): readonly DocumentReader[] {
  return [htmlReader, docxReader, createPdfReader(), textReader];
}
