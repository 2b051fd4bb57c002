import { invalidInput } from "../../errors.ts";

/** A value of a JSON text with comments, and where it stands. */
interface Value {
  readonly start: number;
  readonly end: number;
  /** Of an object: its members; of an array: its values; else null. */
  readonly members: readonly Member[] | null;
  readonly isObject: boolean;
}

interface Member {
  readonly key: string;
  readonly keyStart: number;
  readonly value: Value;
  /** Of the comma behind the value, or -1. */
  readonly comma: number;
}

export type JsonPath = readonly string[];

export interface JsonInsertion {
  readonly text: string;
  /** What was put in, as it stands in the file. */
  readonly inserted: string;
  /** The property that was put in: the path, or the part of it that was not there. */
  readonly root: JsonPath;
}

/** The value at a path, or undefined. @throws MemoryError `invalid_input` for what is no JSON with comments. */
export function readJsonPath(text: string, path: JsonPath): unknown {
  const found = findPath(parseJson(text), path);
  return found === undefined ? undefined : plainValue(text, found.value);
}

/** Puts a property in as the last of its object, and touches no other byte. The path must not be there. */
export function insertJson(text: string, path: JsonPath, value: unknown): JsonInsertion {
  let object = parseJson(text);
  let depth = 0;
  for (; depth < path.length - 1; depth += 1) {
    const next = memberOf(object, path[depth] as string);
    if (next === undefined) break;
    if (!next.value.isObject)
      throw invalidInput(`"${path.slice(0, depth + 1).join(".")}" is there and is no object. Nothing was changed.`);
    object = next.value;
  }
  const nested = path.slice(depth + 1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  const { at, inserted } = spliceOf(text, object, path[depth] as string, nested);
  return { text: text.slice(0, at) + inserted + text.slice(at), inserted, root: path.slice(0, depth + 1) };
}

/**
 * Takes the property at a path away; what stands around it stays. Of the last one the comma before it goes too, unless
 * `keepsComma`: where it was put in behind a trailing comma of the user's. Of the only one what was put `behind` it goes.
 */
export function removeJson(
  text: string,
  path: JsonPath,
  { keepsComma, behind }: { keepsComma: boolean; behind: string },
): string {
  const parent = path.length === 1 ? parseJson(text) : findPath(parseJson(text), path.slice(0, -1))?.value;
  const members = parent?.members ?? [];
  const index = members.findLastIndex(({ key }) => key === path.at(-1));
  const member = members[index];
  if (member === undefined) return text;
  const before = members[index - 1];
  let start = member.keyStart;
  while (start > 0 && /\s/u.test(text[start - 1] as string)) start -= 1;
  const end = member.comma >= 0 ? member.comma + 1 : member.value.end;
  const isAlone = members.length === 1 && text.startsWith(behind, end);
  const rest = text.slice(isAlone ? end + behind.length : end);
  if (member.comma >= 0 || before === undefined || keepsComma) return text.slice(0, start) + rest;
  const head = text.slice(0, before.comma) + text.slice(before.comma + 1, start);
  return head + rest;
}

/** True when the object at a path has nothing in it. */
export function isEmptyJson(text: string, path: JsonPath): boolean {
  const root = parseJson(text);
  const object = path.length === 0 ? root : findPath(root, path)?.value;
  return object?.isObject === true && object.members?.length === 0;
}

function spliceOf(text: string, object: Value, key: string, value: unknown): { at: number; inserted: string } {
  const eol = eolOf(text);
  const unit = unitOf(text);
  const last = object.members?.at(-1);
  const name = JSON.stringify(key);
  if (last === undefined) {
    const base = indentAt(text, object.start);
    const indent = base + unit;
    const isOpen = text.slice(object.start + 1, object.end - 1).includes("\n");
    const written = `${eol}${indent}${name}: ${writeValue(value, { indent, unit, eol })}`;
    return { at: object.start + 1, inserted: isOpen ? written : `${written}${eol}${base}` };
  }
  const first = object.members?.[0] as Member;
  const isOneLine = !text.slice(object.start, first.keyStart).includes("\n");
  // Behind a trailing comma of the user's another one is not needed.
  const at = last.comma >= 0 ? last.comma + 1 : last.value.end;
  const comma = last.comma >= 0 ? "" : ",";
  if (isOneLine) return { at, inserted: `${comma} ${name}: ${JSON.stringify(value)}` };
  const indent = indentAt(text, first.keyStart);
  return { at, inserted: `${comma}${eol}${indent}${name}: ${writeValue(value, { indent, unit, eol })}` };
}

function writeValue(value: unknown, { indent, unit, eol }: { indent: string; unit: string; eol: string }): string {
  return JSON.stringify(value, null, unit).split("\n").join(`${eol}${indent}`);
}

function eolOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** White space at the start of the line that a place is on. */
function indentAt(text: string, place: number): string {
  const line = text.slice(text.lastIndexOf("\n", place - 1) + 1, place);
  return /^[ \t]*/u.exec(line)?.[0] ?? "";
}

/** One step of indentation: that of the first indented line. */
function unitOf(text: string): string {
  return /\n([ \t]+)\S/u.exec(text)?.[1] ?? "  ";
}

function memberOf(object: Value, key: string): Member | undefined {
  return object.isObject ? object.members?.findLast((member) => member.key === key) : undefined;
}

function findPath(root: Value, path: JsonPath): Member | undefined {
  let object = root;
  let member: Member | undefined;
  for (const key of path) {
    member = memberOf(object, key);
    if (member === undefined) return undefined;
    object = member.value;
  }
  return member;
}

function plainValue(text: string, value: Value): unknown {
  if (value.members === null) return JSON.parse(text.slice(value.start, value.end)) as unknown;
  if (!value.isObject) return value.members.map((member) => plainValue(text, member.value));
  return Object.fromEntries(value.members.map((member) => [member.key, plainValue(text, member.value)]));
}

/** Reads JSON with comments and trailing commas, as editors and agents do. */
function parseJson(text: string): Value {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  reader.end();
  if (!value.isObject) throw invalidInput("It must hold one JSON object.");
  return value;
}

const MAX_DEPTH = 200;

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith("\uFEFF")) this.#at = 1;
  }

  value(depth: number): Value {
    this.#skip();
    if (depth > MAX_DEPTH) throw this.#wrong("is nested too deeply");
    const start = this.#at;
    const first = this.#text[start];
    if (first === "{" || first === "[") return this.#collection(first === "{", depth);
    if (first === '"') this.#string();
    else {
      const word = /[^\s,\]}/]*/uy;
      word.lastIndex = start;
      this.#at += word.exec(this.#text)?.[0].length ?? 0;
    }
    try {
      JSON.parse(this.#text.slice(start, this.#at));
    } catch (error) {
      throw this.#wrong((error as Error).message, start);
    }
    return { start, end: this.#at, members: null, isObject: false };
  }

  end(): void {
    this.#skip();
    if (this.#at < this.#text.length) throw this.#wrong("has something behind its end");
  }

  #collection(isObject: boolean, depth: number): Value {
    const start = this.#at;
    const close = isObject ? "}" : "]";
    const members: Member[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip();
      if (this.#text[this.#at] === close) {
        this.#at += 1;
        return { start, end: this.#at, members, isObject };
      }
      const keyStart = this.#at;
      const key = isObject ? this.#key() : "";
      const value = this.value(depth + 1);
      this.#skip();
      const comma = this.#text[this.#at] === "," ? this.#at : -1;
      members.push({ key, keyStart, value, comma });
      if (comma >= 0) this.#at += 1;
      else if (this.#text[this.#at] !== close) throw this.#wrong(`expects "," or "${close}"`);
    }
  }

  #key(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw this.#wrong("expects a name in double quotes");
    this.#string();
    const key = JSON.parse(this.#text.slice(start, this.#at)) as string;
    this.#skip();
    if (this.#text[this.#at] !== ":") throw this.#wrong('expects ":"');
    this.#at += 1;
    return key;
  }

  #string(): void {
    const start = this.#at;
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at];
      if (character === "\\") this.#at += 1;
      else if (character === '"') {
        this.#at += 1;
        return;
      }
    }
    throw this.#wrong("has a text without its end", start);
  }

  /** White space and comments. */
  #skip(): void {
    for (;;) {
      while (/\s/u.test(this.#text[this.#at] ?? "x")) this.#at += 1;
      const two = this.#text.slice(this.#at, this.#at + 2);
      if (two !== "//" && two !== "/*") return;
      const end = this.#text.indexOf(two === "//" ? "\n" : "*/", this.#at + 2);
      if (end < 0 && two === "/*") throw this.#wrong("has a comment without its end");
      this.#at = end < 0 ? this.#text.length : end + (two === "//" ? 1 : 2);
    }
  }

  #wrong(what: string, at: number = this.#at): Error {
    const line = this.#text.slice(0, at).split("\n").length;
    return invalidInput(`It cannot be read as JSON: line ${line} ${what}. Nothing was changed.`);
  }
}
