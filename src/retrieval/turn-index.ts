import type { MemoryReference, PassageReference, TurnRow } from "../ports/memory-store.ts";

/** Turns without a run belong to one session while no pause between them is longer than this. */
export const SESSION_GAP_MS: number = 30 * 60 * 1000;

/** A turn: the passages of one message, in order. */
export interface Turn {
  readonly memory: MemoryReference;
  readonly saidAt: number;
  readonly documents: number[];
  isQuestion: boolean;
}

/**
 * Up to this many documents a term is looked for in their texts at each query: some microseconds, where postings take
 * twice the memory of all else here (measured), and most users' partitions are small.
 */
export const SCANNED_DOCUMENTS = 300;

/**
 * The turns and facts of a partition (or of windows of it) with the terms that matter: postings term →
 * (document, count) and each turn's neighbours in its session. Grows by appending; nothing is derived from
 * neighbours until a query asks, so a new turn touches nothing but itself.
 */
export class TurnIndex {
  readonly documents: TurnRow[] = [];
  /** term → flat pairs of document place and count, of the first `#counted` documents. */
  readonly #postings: Map<string, number[]> = new Map();
  /** The same for date words, which neighbours do not borrow. */
  readonly #datePostings: Map<string, number[]> = new Map();
  #counted = 0;
  readonly #speakers = new Set<string>();
  #speakerList: readonly string[] = [];
  /** document place → its turn's place in `turns`, or -1 for a fact. */
  readonly turnOf: number[] = [];
  /** document place → its own terms. */
  readonly termCounts: number[] = [];
  /** passage → document place. */
  readonly placeOf: Map<PassageReference, number> = new Map();
  readonly turns: Turn[] = [];
  /** message → documents of what was derived from it. */
  readonly derived: Map<MemoryReference, number[]> = new Map();
  readonly #sessions = new Map<string, { readonly turns: number[]; readonly hasPauses: boolean }>();
  readonly #turnOfMemory = new Map<MemoryReference, number>();
  readonly #placeInSession: number[] = [];
  readonly #sessionOf: { readonly turns: number[]; readonly hasPauses: boolean }[] = [];
  /** turn → in which stretch of its session it lies; a pause ends a stretch. */
  readonly #stretchOf: number[] = [];
  readonly #onlyTerms: ReadonlySet<string> | undefined;
  #isSorted = true;
  #hasStretches = false;
  #turnTerms = 0;
  #factTerms = 0;
  #turnDocuments = 0;
  lastPassage: PassageReference = 0;

  /** With `onlyTerms`, only they are found: those by which the documents were chosen. */
  constructor(onlyTerms?: ReadonlySet<string>) {
    this.#onlyTerms = onlyTerms;
  }

  get turnDocuments(): number {
    return this.#turnDocuments;
  }

  get factDocuments(): number {
    return this.documents.length - this.#turnDocuments;
  }

  get meanTurnTerms(): number {
    return this.#turnDocuments === 0 ? 0 : this.#turnTerms / this.#turnDocuments;
  }

  get meanFactTerms(): number {
    return this.factDocuments === 0 ? 0 : this.#factTerms / this.factDocuments;
  }

  /** Names of who speaks; the same array until there is another. */
  get speakers(): readonly string[] {
    if (this.#speakerList.length !== this.#speakers.size) this.#speakerList = [...this.#speakers];
    return this.#speakerList;
  }

  append(rows: readonly TurnRow[]): void {
    for (const row of rows) {
      const place = this.documents.length;
      this.documents.push(row);
      this.termCounts.push(row.termCount);
      this.placeOf.set(row.passage, place);
      this.lastPassage = Math.max(this.lastPassage, row.passage);
      if (row.name !== null) this.#speakers.add(row.name);
      if (row.isTurn) {
        this.#turnDocuments += 1;
        this.#turnTerms += row.termCount;
        this.turnOf.push(this.#turnFor(row, place));
      } else {
        this.#factTerms += row.termCount;
        this.turnOf.push(-1);
        for (const message of row.messages) {
          const list = this.derived.get(message);
          if (list === undefined) this.derived.set(message, [place]);
          else list.push(place);
        }
      }
    }
  }

  /** Where a term occurs: flat pairs of document place and count, in the order of places. */
  posting(term: string): readonly number[] {
    return this.#find(term, this.#postings, ({ terms }) => terms);
  }

  /** The same for date words. */
  datePosting(term: string): readonly number[] {
    return this.#find(term, this.#datePostings, ({ dateTerms }) => dateTerms);
  }

  /** Per document the most that any of its words weighs. */
  weigh(words: ReadonlyMap<string, number>): Float64Array {
    const { documents } = this;
    const most = new Float64Array(documents.length);
    if (this.#onlyTerms === undefined && documents.length > SCANNED_DOCUMENTS) {
      for (const [word, weight] of words) {
        const posting = this.posting(word);
        for (let at = 0; at < posting.length; at += 2) {
          const place = posting[at] as number;
          if ((most[place] as number) < weight) most[place] = weight;
        }
      }
      return most;
    }
    // Cutting out every term to look it up would cost more than all else: few pass for one of the words.
    const passes = new Uint8Array(PASSES);
    for (const word of words.keys()) passes[passOf(word, 0, word.length)] = 1;
    for (let place = 0; place < documents.length; place += 1) {
      const { terms } = documents[place] as TurnRow;
      for (let start = 0; start < terms.length;) {
        const space = terms.indexOf(" ", start);
        const end = space < 0 ? terms.length : space;
        if (passes[passOf(terms, start, end)] === 1) {
          const weight = words.get(terms.slice(start, end));
          if (weight !== undefined && weight > (most[place] as number)) most[place] = weight;
        }
        start = end + 1;
      }
    }
    return most;
  }

  #find(term: string, postings: Map<string, number[]>, textOf: (row: TurnRow) => string): readonly number[] {
    if (this.#onlyTerms !== undefined && !this.#onlyTerms.has(term)) return NOWHERE;
    const { documents } = this;
    if (this.#onlyTerms === undefined && documents.length > SCANNED_DOCUMENTS) {
      for (; this.#counted < documents.length; this.#counted += 1) {
        const row = documents[this.#counted] as TurnRow;
        addTo(this.#postings, this.#counted, row.terms);
        addTo(this.#datePostings, this.#counted, row.dateTerms);
      }
      return postings.get(term) ?? NOWHERE;
    }
    const found: number[] = [];
    for (let place = 0; place < documents.length; place += 1) {
      const times = countWord(textOf(documents[place] as TurnRow), term);
      if (times > 0) found.push(place, times);
    }
    return found;
  }

  #turnFor(row: TurnRow, place: number): number {
    const known = this.#turnOfMemory.get(row.memory);
    if (known !== undefined) {
      const turn = this.turns[known] as Turn;
      turn.documents.push(place);
      turn.isQuestion = row.isQuestion;
      return known;
    }
    const number = this.turns.length;
    this.turns.push({ memory: row.memory, saidAt: row.saidAt, documents: [place], isQuestion: row.isQuestion });
    this.#turnOfMemory.set(row.memory, number);
    let session = this.#sessions.get(row.session);
    if (session === undefined) {
      // Without a run, a pause ends the session.
      session = { turns: [], hasPauses: row.session.startsWith("-") };
      this.#sessions.set(row.session, session);
    }
    const last = this.turns[session.turns.at(-1) ?? -1];
    if (last !== undefined && isBehind(last, row)) this.#isSorted = false;
    this.#hasStretches = false;
    this.#sessionOf.push(session);
    this.#placeInSession.push(session.turns.length);
    session.turns.push(number);
    return number;
  }

  turnOfMemory(memory: MemoryReference): Turn | undefined {
    const number = this.#turnOfMemory.get(memory);
    return number === undefined ? undefined : this.turns[number];
  }

  /** The turn `distance` places after (before, when negative) another in its session. */
  neighbour(turn: number, distance: number): number | undefined {
    if (!this.#hasStretches) this.#cut();
    const { turns } = this.#sessionOf[turn] as { turns: number[] };
    const other = turns[(this.#placeInSession[turn] as number) + distance];
    return other !== undefined && this.#stretchOf[other] === this.#stretchOf[turn] ? other : undefined;
  }

  /**
   * All turns up to `radius` places around another in its session, into `around`: `radius` before it, the nearest
   * first, then as many after it; -1 where there is none.
   */
  neighbours(turn: number, radius: number, around: Int32Array): void {
    if (!this.#hasStretches) this.#cut();
    const { turns } = this.#sessionOf[turn] as { turns: number[] };
    const place = this.#placeInSession[turn] as number;
    const stretch = this.#stretchOf[turn];
    for (let distance = 1; distance <= radius; distance += 1) {
      const before = place - distance < 0 ? -1 : (turns[place - distance] as number);
      const after = place + distance >= turns.length ? -1 : (turns[place + distance] as number);
      around[distance - 1] = before >= 0 && this.#stretchOf[before] === stretch ? before : -1;
      around[radius + distance - 1] = after >= 0 && this.#stretchOf[after] === stretch ? after : -1;
    }
  }

  #cut(): void {
    if (!this.#isSorted) this.#sort();
    for (const { turns, hasPauses } of this.#sessions.values()) {
      let stretch = 0;
      let before: Turn | undefined;
      for (const number of turns) {
        const turn = this.turns[number] as Turn;
        if (hasPauses && before !== undefined && turn.saidAt - before.saidAt > SESSION_GAP_MS) stretch += 1;
        this.#stretchOf[number] = stretch;
        before = turn;
      }
    }
    this.#hasStretches = true;
  }

  #sort(): void {
    for (const { turns } of this.#sessions.values()) {
      turns.sort((left, right) => {
        const one = this.turns[left] as Turn;
        const other = this.turns[right] as Turn;
        return one.saidAt - other.saidAt || one.memory - other.memory;
      });
      for (const [place, turn] of turns.entries()) this.#placeInSession[turn] = place;
    }
    this.#isSorted = true;
  }
}

const NOWHERE: readonly number[] = [];

const PASSES = 4096;

/** The same for equal words, and seldom for others. */
function passOf(text: string, start: number, end: number): number {
  const middle = (start + end) >>> 1;
  return (
    (text.charCodeAt(start) * 31 +
      text.charCodeAt(middle) * 517 +
      text.charCodeAt(end - 1) * 1231 +
      (end - start) * 193) &
    (PASSES - 1)
  );
}

function addTo(postings: Map<string, number[]>, place: number, terms: string): void {
  if (terms === "") return;
  for (const term of terms.split(" ")) {
    const posting = postings.get(term);
    if (posting === undefined) postings.set(term, [place, 1]);
    else if (posting[posting.length - 2] === place) posting[posting.length - 1] = (posting.at(-1) as number) + 1;
    else posting.push(place, 1);
  }
}

/** How often a word stands between the spaces of a text. */
function countWord(text: string, word: string): number {
  if (word === "") return 0;
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const end = at + word.length;
    if ((at === 0 || text[at - 1] === " ") && (end === text.length || text[end] === " ")) count += 1;
  }
  return count;
}

function isBehind(last: Turn, row: TurnRow): boolean {
  return last.saidAt > row.saidAt || (last.saidAt === row.saidAt && last.memory > row.memory);
}
