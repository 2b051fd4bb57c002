/**
 * The file `word-vectors.bin`, little-endian: "RWV1", count, dimensions, number of slots (u32 each); per word a
 * float32 factor; count + 1 u32 starts into the word list; the u16 slots of the hash index; per word an int8 row;
 * the words, one after another. A word's weighted vector is its row times its factor; factor 0 marks a function
 * word, which is known but says nothing. Made by scripts/build-word-vectors.ts from the GloVe 6B figures (public
 * domain, PDDL 1.0): ADR 0004.
 */
export const WORD_TABLE_MAGIC = "RWV1";
const HEADER_BYTES = 16;

export interface WordTableLayout {
  readonly factorsAt: number;
  readonly startsAt: number;
  readonly slotsAt: number;
  readonly rowsAt: number;
  readonly listAt: number;
}

export interface WordTable {
  readonly count: number;
  readonly dimensions: number;
  readonly rows: Int8Array;
  factorOf(index: number): number;
  wordAt(index: number): string;
  /** Index of the lower-case word `text[start..end)`, or -1. */
  find(text: string, start: number, end: number): number;
}

/** Where the parts begin, for the reader here and the writer in the script. */
export function layOutWordTable(count: number, dimensions: number, slotCount: number): WordTableLayout {
  const factorsAt = HEADER_BYTES;
  const startsAt = factorsAt + 4 * count;
  const slotsAt = startsAt + 4 * (count + 1);
  const rowsAt = slotsAt + 2 * slotCount;
  return { factorsAt, startsAt, slotsAt, rowsAt, listAt: rowsAt + count * dimensions };
}

/**
 * The slot where the search for a word begins; the next ones follow until an empty one (0). A slot holds the word's
 * index plus one. FNV-1a with its high bits folded in, because the mask keeps the low ones.
 */
export function firstSlot(text: string, start: number, end: number, slotCount: number): number {
  let hash = 0x811c9dc5;
  for (let position = start; position < end; position += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(position), 0x01000193);
  }
  return (hash ^ (hash >>> 15)) & (slotCount - 1);
}

/**
 * Reads the table in place and builds nothing: a `Map` of 20,000 strings, or an index made at load, costs more than
 * the first search has to spare (6 to 10 ms measured, against 0.1).
 * @throws Error when the bytes are not such a table.
 */
export function parseWordTable(bytes: Uint8Array): WordTable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(0, WORD_TABLE_MAGIC.length));
  if (bytes.byteLength < HEADER_BYTES || magic !== WORD_TABLE_MAGIC) throw new Error("not a word table");
  const [count, dimensions, slotCount] = [view.getUint32(4, true), view.getUint32(8, true), view.getUint32(12, true)];
  const { factorsAt, startsAt, slotsAt, rowsAt, listAt } = layOutWordTable(count, dimensions, slotCount);
  const isWhole = bytes.byteLength > listAt && bytes.byteLength === listAt + view.getUint32(startsAt + 4 * count, true);
  if (!isWhole || slotCount <= count) throw new Error("a cut word table");

  const isWord = (index: number, text: string, start: number, end: number): boolean => {
    const wordStart = view.getUint32(startsAt + 4 * index, true);
    if (view.getUint32(startsAt + 4 * index + 4, true) - wordStart !== end - start) return false;
    const shift = listAt + wordStart - start;
    for (let position = start; position < end; position += 1) {
      if (bytes[shift + position] !== text.charCodeAt(position)) return false;
    }
    return true;
  };

  return {
    count,
    dimensions,
    rows: new Int8Array(bytes.buffer, bytes.byteOffset + rowsAt, count * dimensions),
    factorOf: (index) => view.getFloat32(factorsAt + 4 * index, true),
    wordAt(index) {
      const start = listAt + view.getUint32(startsAt + 4 * index, true);
      const end = listAt + view.getUint32(startsAt + 4 * index + 4, true);
      return String.fromCharCode(...bytes.subarray(start, end));
    },
    find(text, start, end) {
      for (let slot = firstSlot(text, start, end, slotCount); ; slot = (slot + 1) & (slotCount - 1)) {
        const entry = view.getUint16(slotsAt + 2 * slot, true);
        if (entry === 0) return -1;
        if (isWord(entry - 1, text, start, end)) return entry - 1;
      }
    },
  };
}
