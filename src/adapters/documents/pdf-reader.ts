import { Worker } from "node:worker_threads";
import { invalidInput, MemoryError } from "../../errors.ts";
import type { DocumentReader, DocumentText } from "../../ports/document-reader.ts";
import { MAX_CHARACTERS } from "./text-output.ts";

const MAX_PAGES = 500;
/** Most time for one document. */
const READ_MS = 30_000;
const MEMORY_MEGABYTES = 512;
const PACKAGE = "unpdf";
const INSTALL = `npm install ${PACKAGE}`;

export interface PdfReaderOptions {
  /** Where to import the package from, as a URL. Default: the one installed beside Recollect. */
  readonly packageUrl?: string;
  readonly maxPages?: number;
  readonly readMs?: number;
}

/**
 * A program for a thread of its own: a PDF can keep a parser busy for ever or fill the memory, and a thread can be ended
 * and has its own limit. As text, since the package is bundled into a few files and a thread starts from one.
 */
const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
(async () => {
  const { getDocumentProxy } = await import(workerData.packageUrl);
  const document = await getDocumentProxy(workerData.bytes, { isEvalSupported: false, verbosity: 0 });
  const pages = Math.min(document.numPages, workerData.maxPages);
  let text = "";
  let read = 0;
  for (let number = 1; number <= pages && text.length < workerData.maxCharacters; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    for (const item of items) if (typeof item.str === "string") text += item.str + (item.hasEOL ? "\\n" : "");
    text += "\\n\\n";
    page.cleanup();
    read = number;
  }
  parentPort.postMessage({ text, read, pages: document.numPages });
})().catch((error) => parentPort.postMessage({ failure: String(error?.message ?? error), name: String(error?.name) }));
`;

type Reply =
  | { readonly text: string; readonly read: number; readonly pages: number }
  | { readonly failure: string; readonly name: string };

/** PDF documents by the optional package unpdf, in a thread of its own. Pictures of text hold none. */
export function createPdfReader(options: PdfReaderOptions = {}): DocumentReader {
  return {
    canRead: (mediaType) => mediaType === "application/pdf",
    async read(bytes, signal) {
      signal?.throwIfAborted();
      const reply = await runProgram(bytes, { packageUrl: options.packageUrl ?? findPackage(), ...options }, signal);
      if ("failure" in reply) throw unreadable(reply);
      return toText(reply);
    },
  };
}

/** @throws MemoryError `missing_dependency`. */
function findPackage(): string {
  try {
    return import.meta.resolve(PACKAGE);
  } catch (cause) {
    throw new MemoryError(
      "missing_dependency",
      `Reading PDF needs the package ${PACKAGE}, which is not installed. Run: ${INSTALL}`,
      { cause, details: { package: PACKAGE, install: INSTALL } },
    );
  }
}

function runProgram(
  bytes: Uint8Array,
  { packageUrl, maxPages = MAX_PAGES, readMs = READ_MS }: PdfReaderOptions,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const copy = new Uint8Array(bytes);
  return new Promise((resolve, reject) => {
    const worker = new Worker(PROGRAM, {
      eval: true,
      workerData: { bytes: copy, packageUrl, maxPages, maxCharacters: MAX_CHARACTERS },
      transferList: [copy.buffer],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES },
      // It needs nothing of this process, and what it prints is for nobody.
      env: {},
      stdout: true,
      stderr: true,
    });
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      finish();
      void worker.terminate();
    };
    const onAbort = (): void => {
      settle(() => {
        reject(signal?.reason as Error);
      });
    };
    const timer = setTimeout(() => {
      settle(() => {
        reject(new MemoryError("timeout", `The PDF was not read within ${readMs} ms.`));
      });
    }, readMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    worker.once("message", (reply: Reply) => {
      settle(() => {
        resolve(reply);
      });
    });
    worker.once("error", (cause) => {
      settle(() => {
        reject(new MemoryError("invalid_input", "The PDF cannot be read: its parser ended.", { cause }));
      });
    });
    worker.once("exit", () => {
      settle(() => {
        reject(new MemoryError("invalid_input", "The PDF cannot be read: its parser ended."));
      });
    });
  });
}

function unreadable({ failure, name }: Extract<Reply, { failure: string }>): MemoryError {
  if (name === "PasswordException") return invalidInput("The PDF is encrypted, so it cannot be read.");
  return invalidInput(`The PDF cannot be read: ${failure.slice(0, 200)}.`);
}

function toText({ text, read, pages }: Extract<Reply, { text: string }>): DocumentText {
  const warnings: string[] = [];
  const lines = text
    .replaceAll(/[ \t]+/gu, " ")
    .replaceAll(/ ?\n ?/gu, "\n")
    .replaceAll(/\n{3,}/gu, "\n\n")
    .trim();
  if (lines.length > MAX_CHARACTERS) warnings.push(`Only the first ${MAX_CHARACTERS} characters were read.`);
  else if (read < pages) warnings.push(`Only the first ${read} of ${pages} pages were read.`);
  if (lines === "") warnings.push("It holds no text, perhaps only pictures of pages.");
  return { text: lines.slice(0, MAX_CHARACTERS).toWellFormed(), warnings };
}
