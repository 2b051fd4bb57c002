/** A regular expression as a tree, without what cannot be matched in linear time. */
export type PatternNode =
  | { readonly kind: "one"; readonly fits: (character: string) => boolean }
  | { readonly kind: "sequence"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly part: PatternNode; readonly least: number; readonly most: number }
  | { readonly kind: "place"; readonly place: "start" | "end" | "edge" | "inside" }
  | { readonly kind: "ahead"; readonly part: PatternNode; readonly isNegated: boolean };

/** What is wrong with a pattern, in words that follow "it has". */
export class PatternProblem extends Error {}

const MAX_CHARACTERS = 2_000;
const MAX_DEPTH = 50;
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", v: "\v", f: "\f", "0": "\0" };
const QUANTIFIER = /(?:[*+?]|\{(?<least>\d{1,6})(?<more>,(?<most>\d{1,6})?)?\})\??/uy;
const GROUP = /\((?:\?(?:(?<ahead>[=!])|:|<(?<name>[\p{L}\p{N}_$]+)>))?/uy;
/** Classes of characters that are tested one character at a time, so that no test can take long. */
const CLASS = /\[(?:[^\]\\]|\\.)*\]|\\[dDwWsS]|\\[pP]\{[\w=]{1,100}\}/suy;
const CODE = /\\(?:x(?<short>[\dA-Fa-f]{2})|u(?<long>[\dA-Fa-f]{4})|u\{(?<point>[\dA-Fa-f]{1,6})\})/uy;

/** ECMAScript's syntax, as JSON Schema has it. @throws PatternProblem. */
export function parsePattern(source: string): PatternNode {
  if (source.length > MAX_CHARACTERS) throw new PatternProblem(`more than ${MAX_CHARACTERS} characters`);
  const parser = new Parser(source);
  const node = parser.choice(0);
  if (!parser.isAtEnd) throw new PatternProblem("a bracket too many");
  return node;
}

class Parser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  choice(depth: number): PatternNode {
    if (depth > MAX_DEPTH) throw new PatternProblem(`groups more than ${MAX_DEPTH} deep`);
    const parts = [this.#sequence(depth)];
    while (this.#take("|")) parts.push(this.#sequence(depth));
    return parts.length === 1 ? (parts[0] as PatternNode) : { kind: "choice", parts };
  }

  #sequence(depth: number): PatternNode {
    const parts: PatternNode[] = [];
    while (!this.isAtEnd && this.#source[this.#at] !== "|" && this.#source[this.#at] !== ")")
      parts.push(this.#repeated(this.#atom(depth)));
    return { kind: "sequence", parts };
  }

  #repeated(part: PatternNode): PatternNode {
    const found = this.#match(QUANTIFIER);
    if (found === undefined) return part;
    const { least, more, most } = found.groups ?? {};
    const sign = found[0][0];
    if (least === undefined)
      return { kind: "repeat", part, least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity };
    const from = Number(least);
    return {
      kind: "repeat",
      part,
      least: from,
      most: more === undefined ? from : most === undefined ? Infinity : Number(most),
    };
  }

  #atom(depth: number): PatternNode {
    const group = this.#match(GROUP);
    if (group !== undefined) return this.#group(group.groups?.["ahead"], depth);
    const named = this.#match(CLASS)?.[0];
    if (named !== undefined) return { kind: "one", fits: classTest(named) };
    const code = this.#match(CODE)?.groups;
    if (code !== undefined) return literal(fromCode(code["short"] ?? code["long"] ?? code["point"] ?? ""));
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at) as number);
    this.#at += character.length;
    if (character === ".") return { kind: "one", fits: (each) => !/[\n\r\u2028\u2029]/u.test(each) };
    if (character === "^") return { kind: "place", place: "start" };
    if (character === "$") return { kind: "place", place: "end" };
    if (character === "\\") return this.#escape();
    if ("*+?[".includes(character)) throw new PatternProblem(`"${character}" where nothing is to repeat or to close`);
    return literal(character);
  }

  #group(ahead: string | undefined, depth: number): PatternNode {
    if (this.#source[this.#at] === "?")
      throw new PatternProblem(this.#source[this.#at + 1] === "<" ? "a lookbehind" : "a group that is not known");
    const part = this.choice(depth + 1);
    if (!this.#take(")")) throw new PatternProblem("a bracket that is not closed");
    return ahead === undefined ? part : { kind: "ahead", part, isNegated: ahead === "!" };
  }

  #escape(): PatternNode {
    const code = this.#source.codePointAt(this.#at);
    if (code === undefined) throw new PatternProblem("nothing behind its last backslash");
    const character = String.fromCodePoint(code);
    this.#at += character.length;
    if (character === "b") return { kind: "place", place: "edge" };
    if (character === "B") return { kind: "place", place: "inside" };
    if (/[1-9k]/u.test(character)) throw new PatternProblem("a backreference");
    if (Object.hasOwn(CONTROLS, character)) return literal(CONTROLS[character] as string);
    if (/[\p{L}\p{N}]/u.test(character)) throw new PatternProblem(`"\\${character}", which is not known`);
    return literal(character);
  }

  #take(character: string): boolean {
    if (this.#source[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#source) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}

function literal(wanted: string): PatternNode {
  return { kind: "one", fits: (character) => character === wanted };
}

function fromCode(digits: string): string {
  const code = Number.parseInt(digits, 16);
  if (code > 0x10_ff_ff) throw new PatternProblem("a character that there is not");
  return String.fromCodePoint(code);
}

function classTest(source: string): (character: string) => boolean {
  // Older patterns escape more than the newer syntax allows.
  const expression = classOf(source, "u") ?? classOf(source, "");
  if (expression === undefined) throw new PatternProblem(`the class ${source}, which is not known`);
  return (character) => expression.test(character);
}

function classOf(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${source})$`, flags);
  } catch {
    // The caller says what is wrong.
    return undefined;
  }
}
