/** Characters of one document that are kept. */
export const MAX_CHARACTERS = 500_000;

/** Gathers the text of a document: white space runs together, lines break where blocks do, and there is a limit. */
export class TextOutput {
  readonly #lines: string[] = [];
  /** Joined when the line ends: a text that is looked at after each piece is copied each time. */
  #pieces: string[] = [];
  #endsInSpace = true;
  #size = 0;
  #prefix = "";

  /** True when the limit is reached: the rest need not be read. */
  get isFull(): boolean {
    return this.#size > MAX_CHARACTERS;
  }

  write(text: string): void {
    if (this.isFull || text === "") return;
    const flat = text.replaceAll(/\s+/gu, " ");
    const piece = this.#endsInSpace && flat.startsWith(" ") ? flat.slice(1) : flat;
    if (piece === "") return;
    this.#pieces.push(piece);
    this.#size += piece.length;
    this.#endsInSpace = piece.endsWith(" ");
  }

  /** Ends the line; an empty one is none. */
  break(): void {
    const line = this.#pieces.join("").replace(/(?: \|)? $/u, "");
    this.#pieces = [];
    this.#endsInSpace = true;
    if (line === "") return;
    this.#lines.push(this.#prefix + line);
    this.#size += this.#prefix.length + 1;
    this.#prefix = "";
  }

  /** What the next line begins with, such as "# ". */
  begin(prefix: string): void {
    this.break();
    this.#prefix = prefix;
  }

  /** Sets a column apart from the one before. */
  column(): void {
    if (this.#pieces.length > 0) this.write(this.#endsInSpace ? "| " : " | ");
  }

  finish(): { text: string; warnings: string[] } {
    this.break();
    const text = this.#lines.join("\n");
    if (text.length <= MAX_CHARACTERS) return { text, warnings: [] };
    return {
      text: text.slice(0, MAX_CHARACTERS).toWellFormed(),
      warnings: [`Only the first ${MAX_CHARACTERS} characters were read.`],
    };
  }
}
