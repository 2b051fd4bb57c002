/** A value read from text that may be no proper JSON. */
export interface LooseValue {
  readonly value: unknown;
  /** The text ended inside it. */
  readonly isCut: boolean;
}

/** Deeper nesting is a stuck model, not an answer. */
const MAX_DEPTH = 40;
/** Values in one text: prose in brackets, records on lines of their own. */
const MAX_VALUES = 200;
/** After so many starts of such nesting nothing else is to be hoped for. */
const MAX_TOWERS = 20;

const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "“": "”",
  "„": "“",
  "‘": "’",
  "«": "»",
  "`": "`",
};
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
  ["undefined", null],
  ["NaN", null],
  ["Infinity", null],
  ["-Infinity", null],
]);

/** Given up: not JSON from here, or the allowance of steps is spent. */
const FAILED = Symbol("failed");

/**
 * Every object and list in a text, in order, read as far as they go: single quotes, bare keys, trailing or missing
 * commas, comments, raw line breaks and quotes in strings, a missing end. Objects that were cut off inside one of
 * their values are in `cut`. Linear: the steps of all tries together are bounded by the text's length.
 */
export function readLooseJson(text: string): { readonly values: readonly LooseValue[]; readonly cut: WeakSet<object> } {
  const reader = new Reader(text);
  const values: LooseValue[] = [];
  let from = 0;
  while (values.length < MAX_VALUES) {
    const start = nextOpening(text, from);
    if (start < 0) break;
    const value = reader.readFrom(start);
    if (reader.isSpent) break;
    if (value === FAILED) {
      if (reader.tooDeep > MAX_TOWERS) break;
      from = start + 1;
    } else {
      values.push({ value, isCut: reader.isAtEnd });
      from = Math.max(reader.position, start + 1);
    }
  }
  return { values, cut: reader.cut };
}

function nextOpening(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x7b || code === 0x5b) return index;
  }
  return -1;
}

class Reader {
  readonly cut = new WeakSet<object>();
  position = 0;
  /** The end of the text came before the end of the value. */
  isAtEnd = false;
  /** How often nesting was deeper than any answer's. */
  tooDeep = 0;
  private steps: number;
  /** The end of the text came inside a string, a word, or behind a key. */
  private isBroken = false;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.steps = text.length * 4 + 10_000;
  }

  get isSpent(): boolean {
    return this.steps < 0;
  }

  readFrom(start: number): unknown {
    this.position = start;
    this.isAtEnd = false;
    this.isBroken = false;
    return this.readValue(0);
  }

  private readValue(depth: number): unknown {
    if (depth > MAX_DEPTH) {
      this.tooDeep += 1;
      return FAILED;
    }
    this.skipBlank();
    const sign = this.text[this.position];
    if (sign === undefined) return this.endHere();
    if (sign === "{") return this.readObject(depth);
    if (sign === "[") return this.readList(depth);
    if (Object.hasOwn(CLOSERS, sign)) return this.readString(CLOSERS[sign] as string);
    return this.readWord();
  }

  private endHere(): undefined {
    this.isAtEnd = true;
    this.isBroken = true;
    return undefined;
  }

  private readObject(depth: number): unknown {
    const found: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    this.position += 1;
    for (;;) {
      this.skipSeparators();
      const sign = this.text[this.position];
      if (sign === undefined) {
        this.isAtEnd = true;
        break;
      }
      if (sign === "}") {
        this.position += 1;
        return found;
      }
      // A list that ends here was opened around this object: its own end was forgotten.
      if (sign === "]" && depth > 0) break;
      const key = this.readKey();
      if (key === FAILED) return FAILED;
      if (this.isAtEnd) {
        this.isBroken = true;
        break;
      }
      const value = this.readValue(depth + 1);
      if (value === FAILED) return FAILED;
      if (value !== undefined) found[key as string] = value;
      if (this.isAtEnd) break;
    }
    if (this.isAtEnd && this.isBroken) this.cut.add(found);
    return found;
  }

  private readList(depth: number): unknown {
    const found: unknown[] = [];
    this.position += 1;
    for (;;) {
      this.skipSeparators();
      const sign = this.text[this.position];
      if (sign === undefined) {
        this.isAtEnd = true;
        return found;
      }
      if (sign === "]") {
        this.position += 1;
        return found;
      }
      if (sign === "}") {
        // The end of the object around this list came first.
        if (depth > 0) return found;
        return FAILED;
      }
      const value = this.readValue(depth + 1);
      if (value === FAILED) return FAILED;
      const isWhole = !this.isAtEnd || (typeof value === "object" && value !== null);
      if (value !== undefined && isWhole) found.push(value);
      if (this.isAtEnd) return found;
    }
  }

  /** Up to and with the colon. */
  private readKey(): unknown {
    const sign = this.text[this.position] as string;
    let key: unknown;
    if (Object.hasOwn(CLOSERS, sign)) key = this.readString(CLOSERS[sign] as string);
    else {
      const start = this.position;
      while (this.position < this.text.length && /[\p{L}\p{N}_$.-]/u.test(this.text[this.position] as string))
        this.step();
      key = this.text.slice(start, this.position);
      if (key === "") return FAILED;
    }
    this.skipBlank();
    if (this.position >= this.text.length) {
      this.isAtEnd = true;
      return key;
    }
    const next = this.text[this.position];
    if (next === "=" && this.text[this.position + 1] === ">") this.position += 2;
    else if (next === ":" || next === "=" || next === "：") this.position += 1;
    else return FAILED;
    return typeof key === "string" ? key : FAILED;
  }

  private readString(closer: string): string | undefined {
    let found = "";
    this.position += 1;
    let from = this.position;
    while (this.position < this.text.length) {
      this.step();
      const at = this.position - 1;
      const sign = this.text[at];
      if (sign === "\\") {
        found += this.text.slice(from, at) + this.readEscape();
        from = this.position;
      } else if (sign === closer && this.isStringEnd()) return found + this.text.slice(from, at);
      if (this.steps < 0) break;
    }
    this.isAtEnd = true;
    this.isBroken = true;
    return undefined;
  }

  /** A quote ends a string where the value could go on behind it; elsewhere it was forgotten to be escaped. */
  private isStringEnd(): boolean {
    let at = this.position;
    let hasBreak = false;
    while (at < this.text.length && isBlank(this.text.charCodeAt(at))) {
      hasBreak ||= this.text[at] === "\n";
      at += 1;
    }
    this.steps -= at - this.position;
    const next = this.text[at];
    if (next === undefined || /[,}\]:：]/u.test(next)) return true;
    return hasBreak && (next === '"' || next === "'");
  }

  private readEscape(): string {
    const sign = this.text[this.position];
    this.step();
    switch (sign) {
      case "n":
        return "\n";
      case "t":
        return "\t";
      case "r":
        return "\r";
      case "b":
      case "f":
        return " ";
      case "u": {
        const digits = this.text.slice(this.position, this.position + 4);
        if (!/^[\da-f]{4}$/iu.test(digits)) return "";
        this.position += 4;
        return String.fromCharCode(Number.parseInt(digits, 16));
      }
      default:
        return sign ?? "";
    }
  }

  /** A number, true, false, null and their cousins, or words without quotes up to the next separator. */
  private readWord(): unknown {
    const start = this.position;
    while (this.position < this.text.length && !/[,{}[\]\n"]/u.test(this.text[this.position] as string)) this.step();
    if (this.position === start) return FAILED;
    const word = this.text.slice(start, this.position).trim();
    if (this.position >= this.text.length) {
      this.isAtEnd = true;
      this.isBroken = true;
    }
    if (WORDS.has(word)) return WORDS.get(word);
    const number = Number(word);
    return word !== "" && Number.isFinite(number) ? number : word;
  }

  private step(): void {
    this.position += 1;
    this.steps -= 1;
  }

  private skipSeparators(): void {
    for (;;) {
      this.skipBlank();
      const sign = this.text[this.position];
      if (sign !== "," && sign !== ";" && sign !== "…") return;
      this.step();
    }
  }

  private skipBlank(): void {
    for (;;) {
      while (this.position < this.text.length && isBlank(this.text.charCodeAt(this.position))) this.step();
      if (this.text[this.position] !== "/") return;
      const isLine = this.text[this.position + 1] === "/";
      if (!isLine && this.text[this.position + 1] !== "*") return;
      const end = this.text.indexOf(isLine ? "\n" : "*/", this.position + 2);
      const next = end < 0 ? this.text.length : end + (isLine ? 1 : 2);
      this.steps -= next - this.position;
      this.position = next;
    }
  }
}

function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029 || code === 0x3000;
}
