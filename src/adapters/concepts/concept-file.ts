/**
 * The file `concepts.bin`, little-endian: "RCT1", number of classes, bytes of the class names, bytes of the member
 * words (u32 each); per class a u32 start of its members, and one more for the end; the names and the words, each list
 * sorted and joined by line feeds; the members of each class as variable-length numbers, seven bits a byte: twice the
 * distance from the member before, plus one when it is like the class and a kind of it. Made by
 * scripts/build-concepts.ts from WordNet 3.1 and the word table: ADR 0011, NOTICE.
 */
const MAGIC = "RCT1";
const HEADER_BYTES = 16;

/** A class of things with what belongs to it, as stems. */
export interface ConceptEntry {
  readonly name: string;
  /** Words like the class. */
  readonly related: readonly string[];
  /** Words for kinds of it. */
  readonly kinds: readonly string[];
}

export interface ConceptTable {
  readonly classes: number;
  /** Stems with their shares, 0 to 1; undefined where there is no such class. */
  find(name: string): ReadonlyMap<string, number> | undefined;
}

/** What is either like the class or a kind of it, and not both. */
const HALF = 0.5;

export function encodeConcepts(entries: readonly ConceptEntry[]): Uint8Array {
  const sorted = entries.toSorted((left, right) => compare(left.name, right.name));
  const words = [...new Set(sorted.flatMap(({ related, kinds }) => [...related, ...kinds]))].toSorted(compare);
  const placeOf = new Map(words.map((word, place) => [word, place]));
  const names = Buffer.from(sorted.map(({ name }) => name).join("\n"));
  const list = Buffer.from(words.join("\n"));
  const members: number[] = [];
  const starts = sorted.map(({ related, kinds }) => {
    const start = members.length;
    const isRelated = new Set(related);
    const isKind = new Set(kinds);
    let last = -1;
    for (const place of [...new Set([...related, ...kinds])]
      .map((word) => placeOf.get(word) as number)
      .toSorted(ascending)) {
      const word = words[place] as string;
      let value = 2 * (place - last) + (isRelated.has(word) && isKind.has(word) ? 1 : 0);
      last = place;
      for (; value > 127; value >>>= 7) members.push(128 | (value & 127));
      members.push(value);
    }
    return start;
  });
  const bytes = Buffer.alloc(HEADER_BYTES + 4 * (sorted.length + 1));
  bytes.write(MAGIC, 0, "latin1");
  for (const [at, value] of [sorted.length, names.length, list.length].entries())
    bytes.writeUInt32LE(value, 4 + 4 * at);
  for (const [at, start] of [...starts, members.length].entries()) bytes.writeUInt32LE(start, HEADER_BYTES + 4 * at);
  return Buffer.concat([bytes, names, list, Uint8Array.from(members)]);
}

/** @throws Error when the bytes are not such a file. */
export function parseConcepts(bytes: Uint8Array): ConceptTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (bytes.byteLength < HEADER_BYTES || magic !== MAGIC) throw new Error("not a table of concepts");
  const [classes, nameBytes, wordBytes] = [view.getUint32(4, true), view.getUint32(8, true), view.getUint32(12, true)];
  const namesAt = HEADER_BYTES + 4 * (classes + 1);
  const wordsAt = namesAt + nameBytes;
  const membersAt = wordsAt + wordBytes;
  const startOf = (place: number): number => membersAt + view.getUint32(HEADER_BYTES + 4 * place, true);
  if (bytes.byteLength < membersAt || bytes.byteLength !== startOf(classes)) throw new Error("a cut table of concepts");
  // All of it is ASCII; a TextDecoder takes ten times as long at its first use.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textOf = (from: number, to: number): string[] => text.toString("latin1", from, to).split("\n");
  const placeOf = new Map(textOf(namesAt, wordsAt).map((name, place) => [name, place]));
  const words = textOf(wordsAt, membersAt);
  return {
    classes,
    find(name) {
      const place = placeOf.get(name);
      if (place === undefined) return undefined;
      const members = new Map<string, number>();
      const end = startOf(place + 1);
      let word = -1;
      for (let at = startOf(place); at < end;) {
        let value = 0;
        let byte = 128;
        for (let shift = 0; byte > 127; shift += 7) {
          byte = bytes[at++] as number;
          value |= (byte & 127) << shift;
        }
        word += value >>> 1;
        members.set(words[word] as string, (value & 1) === 1 ? 1 : HALF);
      }
      return members;
    },
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function ascending(left: number, right: number): number {
  return left - right;
}
