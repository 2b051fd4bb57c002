export interface SplitLine {
  readonly objects: readonly unknown[];
  /** Why the rest of the line is no object; null where all of it was read. */
  readonly damage: string | null;
}

/**
 * The objects of a line. Programs that wrote no line feed at the end of a file joined the next object to the last one;
 * one that was cut off may stand before a whole one. Time is linear in the length of the line.
 */
export function splitObjects(line: string): SplitLine {
  const whole = parse(line);
  if (whole !== undefined) return { objects: [whole.value], damage: null };
  const objects: unknown[] = [];
  let damaged = 0;
  for (const piece of pieces(line)) {
    const read = piece.isWhole ? parse(piece.text) : undefined;
    if (read === undefined) damaged += 1;
    else objects.push(read.value);
  }
  return { objects, damage: damaged === 0 ? null : "is damaged: no whole JSON object" };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // Told as damage.
    return undefined;
  }
}

interface Piece {
  readonly text: string;
  readonly isWhole: boolean;
}

/** How often reading starts again behind an object that was cut off: each time costs the rest of the line. */
const MAX_RESTARTS = 10;

function pieces(line: string): Piece[] {
  const all: Piece[] = [];
  let rest = line;
  for (let restarts = 0; rest.trim() !== ""; restarts += 1) {
    const cut = cutAtBraces(rest);
    all.push(...cut.pieces);
    // An object that was cut off swallows what was joined to it: the next one begins with its type.
    const next = restarts < MAX_RESTARTS ? cut.rest.indexOf('{"type"', 1) : -1;
    const lost = next === -1 ? cut.rest : cut.rest.slice(0, next);
    if (lost.trim() !== "") all.push({ text: lost, isWhole: false });
    rest = next === -1 ? "" : cut.rest.slice(next);
  }
  return all;
}

/** Cuts where the braces of an object close; what is in texts counts for nothing. */
function cutAtBraces(line: string): { readonly pieces: readonly Piece[]; readonly rest: string } {
  const found: Piece[] = [];
  let depth = 0;
  let start = 0;
  let isText = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index];
    if (isText) {
      if (character === "\\") index += 1;
      else if (character === '"') isText = false;
    } else if (character === '"' && depth > 0) isText = true;
    else if (character === "{") {
      if (depth === 0 && line.slice(start, index).trim() !== "")
        found.push({ text: line.slice(start, index), isWhole: false });
      if (depth === 0) start = index;
      depth += 1;
    } else if (character === "}" && depth > 0) {
      depth -= 1;
      if (depth > 0) continue;
      found.push({ text: line.slice(start, index + 1), isWhole: true });
      start = index + 1;
    }
  }
  return { pieces: found, rest: line.slice(start) };
}
