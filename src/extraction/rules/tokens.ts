/** A word, number or sign of a sentence. Offsets count from the start of the sentence. */
export interface Token {
  readonly text: string;
  /** Lower case, straight apostrophes, contractions spelt as their own token ("n't", "'m"). */
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

// "St. Anne's", "Dr. Okafor": the dot belongs to the word.
const WORD =
  /(?<![\p{L}\p{N}])(?:St|Dr|Mt|Mr|Mrs|Ms|Prof)\.(?=\s\p{Lu})|https?:\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?]|[\p{L}\p{N}_]+(?:[-'’./:@+&,][\p{L}\p{N}_]+)*(?:\+\+|#(?!\p{L})|%)?|->|=>|[^\s]/gu;

const CONTRACTION = /^(.+?)(n't|'(?:m|s|re|ve|ll|d))$/u;

/** Spellings without the apostrophe, as typed in a hurry: how many letters belong to the first part. */
const BARE_CONTRACTIONS: ReadonlyMap<string, number> = new Map([
  ["im", 1],
  ["ive", 1],
  ["dont", 2],
  ["doesnt", 4],
  ["didnt", 3],
  ["cant", 2],
  ["cannot", 3],
  ["isnt", 2],
  ["wasnt", 3],
  ["arent", 3],
  ["havent", 4],
  ["thats", 4],
]);

const RESTORED: ReadonlyMap<string, string> = new Map([
  ["m", "'m"],
  ["ve", "'ve"],
  ["nt", "n't"],
  ["t", "n't"],
  ["s", "'s"],
  ["not", "not"],
]);

function splitContraction(text: string, lower: string): number {
  if (lower === "can't" || lower === "won't") return 2;
  const bare = BARE_CONTRACTIONS.get(lower);
  // "IM" in capitals is more often an abbreviation.
  if (bare !== undefined) return text === text.toUpperCase() && text.length > 1 ? 0 : bare;
  const match = CONTRACTION.exec(lower);
  return match?.[1] === undefined ? 0 : match[1].length;
}

export function tokenize(sentence: string): Token[] {
  const tokens: Token[] = [];
  for (const match of sentence.matchAll(WORD)) {
    let text = match[0];
    const start = match.index;
    // "10,30" is one number, "nuts,eggs" are two words.
    const comma = text.indexOf(",");
    if (comma > 0 && !/^[\p{N}][\p{N},.]*%?$/u.test(text)) {
      let from = 0;
      for (const part of text.split(",")) {
        pushWord(tokens, part, start + from);
        from += part.length;
        if (from < text.length) pushWord(tokens, ",", start + from);
        from += 1;
      }
      continue;
    }
    if (text.endsWith("/")) text = text.slice(0, -1);
    pushWord(tokens, text, start);
  }
  return tokens;
}

function pushWord(tokens: Token[], text: string, start: number): void {
  if (text === "") return;
  const lower = text.toLowerCase().replaceAll("’", "'");
  const cut = splitContraction(text, lower);
  if (cut === 0) {
    tokens.push({ text, lower, start, end: start + text.length });
    return;
  }
  const head = text.slice(0, cut);
  const headLower = lower === "won't" ? "will" : lower === "can't" || lower === "cant" ? "can" : head.toLowerCase();
  const tail = text.slice(cut);
  const tailLower = lower.slice(cut);
  tokens.push({ text: head, lower: headLower, start, end: start + cut });
  tokens.push({
    text: tail,
    lower: tailLower.includes("'") ? (tailLower === "'t" ? "n't" : tailLower) : (RESTORED.get(tailLower) ?? tailLower),
    start: start + cut,
    end: start + text.length,
  });
}

export function isWord(token: Token | undefined): token is Token {
  return token !== undefined && /[\p{L}\p{N}]/u.test(token.lower);
}

export function isCapitalized(token: Token | undefined): boolean {
  return token !== undefined && /^[\p{Lu}\p{Lt}]/u.test(token.text);
}

/** The words of tokens[from, to) in lower case, single spaces, contractions and signs closed up. */
export function lowerText(tokens: readonly Token[], from: number, to: number): string {
  let text = "";
  for (let index = from; index < to; index += 1) {
    const token = tokens[index] as Token;
    const isGlued = index > from && (tokens[index - 1] as Token).end === token.start;
    text += text === "" || isGlued ? token.lower : ` ${token.lower}`;
  }
  return text;
}
