import { appendFile, readFile, writeFile } from "node:fs/promises";
import type { TokenUsage } from "../../src/domain/model-usage.ts";

/** One question answered by one reader from one source, with all that was said raw. */
export interface AnswerRow {
  readonly question: string;
  readonly conversation: string;
  readonly category: string;
  readonly isHeadline: boolean;
  readonly source: string;
  /** From 1. */
  readonly run: number;
  readonly answer: string;
  readonly strict: { readonly isRight: boolean | null; readonly said: string };
  readonly lenient: { readonly isRight: boolean | null; readonly said: string };
  readonly f1: number;
  readonly bleu1: number;
  /** Estimated: a quarter of the context's characters. */
  readonly contextTokens: number;
  readonly reader: TokenUsage;
  readonly judge: TokenUsage;
  readonly retrievalMs: number;
  readonly readerMs: number;
}

interface Heading {
  readonly config: Readonly<Record<string, unknown>>;
  readonly data: string;
}

/** Rows of a run as lines of JSON: each is on disk as soon as it is known, and a run that was cut off goes on. */
export class RowsFile {
  readonly #path: string;
  readonly rows: AnswerRow[];

  private constructor(path: string, rows: AnswerRow[]) {
    this.#path = path;
    this.rows = rows;
  }

  /** @throws Error when the file was begun with other data, models or prompts. */
  static async open(path: string, heading: Heading): Promise<RowsFile> {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "";
      throw error;
    });
    if (text === "") {
      await writeFile(path, `${JSON.stringify(heading)}\n`);
      return new RowsFile(path, []);
    }
    // The last line may have been cut off with its process: it is asked again.
    const end = text.lastIndexOf("\n") + 1;
    const [first = "", ...lines] = text
      .slice(0, end)
      .split("\n")
      .filter((line) => line !== "");
    if (first !== JSON.stringify(heading)) {
      throw new Error(
        `${path} was begun with another configuration or other data:\n${first}\nnow:\n${JSON.stringify(heading)}\nName another file with --out.`,
      );
    }
    if (end < text.length) await writeFile(path, text.slice(0, end));
    return new RowsFile(
      path,
      lines.map((line) => JSON.parse(line) as AnswerRow),
    );
  }

  has(question: string, source: string, run: number): boolean {
    return this.rows.some((row) => row.question === question && row.source === source && row.run === run);
  }

  async add(row: AnswerRow): Promise<void> {
    await appendFile(this.#path, `${JSON.stringify(row)}\n`);
    this.rows.push(row);
  }
}
