import { invalidInput } from "../../errors.ts";
import type { MemoryError } from "../../errors.ts";

/** An object of Python: which class it names and what it was given. Nothing of it is ever called. */
export class PythonObject {
  readonly name: string;
  readonly given: readonly unknown[];
  state: unknown;

  constructor(name: string, given: readonly unknown[]) {
    this.name = name;
    this.given = given;
  }
}

const MARK = Symbol("mark");
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Reads the data of a pickle (protocols 2 to 5) without running any of it: what Python would import and call becomes a
 * `PythonObject` that only says so. Dictionaries become `Map`s, tuples and sets arrays, bytes `Uint8Array`s.
 * @throws MemoryError `invalid_input` for opcodes that plain data does not need.
 */
export function readPickle(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_BYTES) throw invalidInput(`A pickle of ${bytes.length} bytes is too large to be a memory.`);
  return new PickleReader(bytes).read();
}

class PickleReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();
  #place = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): unknown {
    try {
      for (;;) {
        const opcode = this.#byte();
        // STOP
        if (opcode === 0x2e) return this.#pop();
        if (!(this.#readValue(opcode) || this.#readGroup(opcode) || this.#readObject(opcode)))
          throw invalidInput(`A pickle has the opcode 0x${opcode.toString(16)}, which plain data does not need.`);
      }
    } catch (error) {
      // A number that would lie beyond the end.
      throw error instanceof RangeError ? damaged() : error;
    }
  }

  /** Numbers, texts, bytes and the constants. */
  #readValue(opcode: number): boolean {
    const value = this.#valueOf(opcode);
    if (value === undefined) return false;
    this.#stack.push(value);
    return true;
  }

  #valueOf(opcode: number): unknown {
    switch (opcode) {
      case 0x4e:
        return null;
      case 0x88:
        return true;
      case 0x89:
        return false;
      case 0x4a:
        return this.#number(4, (at) => this.#view.getInt32(at, true));
      case 0x4b:
        return this.#byte();
      case 0x4d:
        return this.#number(2, (at) => this.#view.getUint16(at, true));
      case 0x47:
        return this.#number(8, (at) => this.#view.getFloat64(at, false));
      case 0x8a:
        return this.#long(this.#byte());
      case 0x8c:
        return this.#text(this.#byte());
      case 0x58:
        return this.#text(this.#size(4));
      case 0x8d:
        return this.#text(this.#size(8));
      case 0x43:
        return this.#slice(this.#byte());
      case 0x42:
        return this.#slice(this.#size(4));
      case 0x8e:
      case 0x96:
        return this.#slice(this.#size(8));
      default:
        return undefined;
    }
  }

  /** Lists, dictionaries, tuples, sets, and what is remembered. */
  #readGroup(opcode: number): boolean {
    const stack = this.#stack;
    switch (opcode) {
      case 0x28:
        stack.push(MARK);
        return true;
      case 0x29:
      case 0x5d:
      case 0x8f:
        stack.push([]);
        return true;
      case 0x7d:
        stack.push(new Map());
        return true;
      case 0x85:
      case 0x86:
      case 0x87:
        stack.push(this.#popMany(opcode - 0x84));
        return true;
      case 0x74:
      case 0x6c:
      case 0x91:
        stack.push(this.#popToMark());
        return true;
      case 0x64:
        stack.push(fill(new Map(), this.#popToMark()));
        return true;
      case 0x61:
        this.#append(this.#popMany(1));
        return true;
      case 0x65:
      case 0x90:
        this.#append(this.#popToMark());
        return true;
      case 0x73:
        this.#set(this.#popMany(2));
        return true;
      case 0x75:
        this.#set(this.#popToMark());
        return true;
      default:
        return this.#readMemo(opcode);
    }
  }

  #readMemo(opcode: number): boolean {
    switch (opcode) {
      case 0x94:
        this.#memo.set(this.#memo.size, this.#top());
        return true;
      case 0x71:
        this.#memo.set(this.#byte(), this.#top());
        return true;
      case 0x72:
        this.#memo.set(this.#size(4), this.#top());
        return true;
      case 0x68:
        this.#stack.push(this.#remembered(this.#byte()));
        return true;
      case 0x6a:
        this.#stack.push(this.#remembered(this.#size(4)));
        return true;
      default:
        return false;
    }
  }

  /** Classes and what is made of them: noted, never run. */
  #readObject(opcode: number): boolean {
    const stack = this.#stack;
    switch (opcode) {
      case 0x80:
        this.#byte();
        return true;
      case 0x95:
        this.#size(8);
        return true;
      case 0x30:
        this.#pop();
        return true;
      case 0x93: {
        const [module, name] = this.#popMany(2);
        stack.push(new PythonObject(`${String(module)}.${String(name)}`, []));
        return true;
      }
      case 0x63:
        stack.push(new PythonObject(`${this.#line()}.${this.#line()}`, []));
        return true;
      case 0x52:
      case 0x81: {
        const [made, given] = this.#popMany(2);
        const name = made instanceof PythonObject ? made.name : "?";
        stack.push(new PythonObject(name, Array.isArray(given) ? given : []));
        return true;
      }
      case 0x62: {
        const state = this.#pop();
        const target = this.#top();
        if (target instanceof PythonObject) target.state = state;
        return true;
      }
      default:
        return false;
    }
  }

  #append(items: readonly unknown[]): void {
    const target = this.#top();
    // Of an object that is filled like a list, such as an array of numpy, the items are not needed.
    if (!Array.isArray(target)) return;
    for (const item of items) target.push(item);
  }

  #set(items: readonly unknown[]): void {
    const target = this.#top();
    if (target instanceof Map) fill(target, items);
  }

  #byte(): number {
    return this.#number(1, (at) => this.#view.getUint8(at));
  }

  #size(bytes: 4 | 8): number {
    return this.#number(bytes, (at) =>
      bytes === 4 ? this.#view.getUint32(at, true) : Number(this.#view.getBigUint64(at, true)),
    );
  }

  #number(bytes: number, read: (at: number) => number): number {
    const value = read(this.#place);
    this.#place += bytes;
    return value;
  }

  #slice(length: number): Uint8Array {
    const end = this.#place + length;
    if (end > this.#bytes.length) throw damaged();
    const slice = this.#bytes.subarray(this.#place, end);
    this.#place = end;
    return slice;
  }

  /** Python writes half surrogate pairs too; what is no UTF-8 becomes U+FFFD. */
  #text(length: number): string {
    return new TextDecoder().decode(this.#slice(length));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#place);
    if (end < 0) throw damaged();
    const text = this.#text(end - this.#place);
    this.#place = end + 1;
    return text;
  }

  #long(length: number): number {
    let value = 0n;
    const bytes = this.#slice(length);
    for (const [index, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * index);
    return Number(BigInt.asIntN(8 * length, value));
  }

  #top(): unknown {
    if (this.#stack.length === 0) throw damaged();
    return this.#stack.at(-1);
  }

  #pop(): unknown {
    if (this.#stack.length === 0) throw damaged();
    return this.#stack.pop();
  }

  #popMany(count: number): unknown[] {
    if (this.#stack.length < count) throw damaged();
    return this.#stack.splice(-count);
  }

  #popToMark(): unknown[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw damaged();
    return this.#stack.splice(mark).slice(1);
  }

  #remembered(number: number): unknown {
    if (!this.#memo.has(number)) throw damaged();
    return this.#memo.get(number);
  }
}

function fill(target: Map<unknown, unknown>, items: readonly unknown[]): Map<unknown, unknown> {
  for (let index = 0; index + 1 < items.length; index += 2) target.set(items[index], items[index + 1]);
  return target;
}

function damaged(): MemoryError {
  return invalidInput("A pickle ends too early or names what it does not hold.");
}
