/** The longest object that is taken: a conversation with every branch of it. */
const MAX_CHARACTERS = 128_000_000;

export type SplitObject = { readonly value: unknown } | { readonly damage: string };

/**
 * The outermost objects of a JSON file, one after the other, so that an archive of any size is read without holding
 * it: of the file nothing is kept but the object that is being read.
 */
export async function* splitArray(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<SplitObject, void, undefined> {
  const cutter = new ObjectCutter();
  const decoder = new TextDecoder();
  for await (const piece of pieces) yield* cutter.take(decoder.decode(piece, { stream: true }));
  yield* cutter.take(decoder.decode());
  if (cutter.isOpen) yield { damage: "ends before its last object does: the file was cut off" };
}

class ObjectCutter {
  #kept: string[] = [];
  #length = 0;
  #depth = 0;
  #isText = false;
  #isEscaped = false;
  #isTooLong = false;

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  *take(text: string): Generator<SplitObject, void, undefined> {
    let start = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (this.#isText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === BACKSLASH) this.#isEscaped = true;
        else if (code === QUOTE) this.#isText = false;
      } else if (code === QUOTE) this.#isText = this.#depth > 0;
      else if (code === OPEN) {
        if (this.#depth === 0) start = index;
        this.#depth += 1;
      } else if (code === CLOSE && this.#depth > 0) {
        this.#depth -= 1;
        if (this.#depth === 0) yield this.#finish(text.slice(start, index + 1));
      }
    }
    if (this.#depth > 0) this.#keep(text.slice(start));
  }

  #keep(text: string): void {
    this.#length += text.length;
    if (this.#length > MAX_CHARACTERS) {
      this.#isTooLong = true;
      this.#kept = [];
    } else this.#kept.push(text);
  }

  #finish(text: string): SplitObject {
    this.#keep(text);
    const whole = this.#kept.join("");
    const isTooLong = this.#isTooLong;
    this.#kept = [];
    this.#length = 0;
    this.#isTooLong = false;
    if (isTooLong) return { damage: `is longer than ${MAX_CHARACTERS} characters` };
    try {
      return { value: JSON.parse(whole) as unknown };
    } catch {
      // The parser's own words quote the text.
      return { damage: "is damaged: no JSON object" };
    }
  }
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = [34, 92, 123, 125];
