import { fingerprintOf, hashOf, isCut, lineOf, SECTIONS, textOfLine } from "./render-block.ts";
import type { BlockMemory, SectionName } from "./render-block.ts";

/** The lines that were written last, and the memories that they stood for. */
export interface WrittenLines {
  readonly fingerprint: string;
  readonly lines: readonly { readonly id: string; readonly hash: string }[];
}

export type BlockEdit =
  | { readonly what: "update"; readonly id: string; readonly text: string }
  | { readonly what: "delete"; readonly id: string; readonly text: string }
  | { readonly what: "add"; readonly section: SectionName; readonly text: string; readonly why?: string };

export interface ReadEdits {
  readonly edits: readonly BlockEdit[];
  /** What was not done, in words: a value of the store that is newer than the line. */
  readonly kept: readonly string[];
}

interface FoundLine {
  readonly line: string;
  readonly section: SectionName;
}

const NO_EDITS: ReadEdits = { edits: [], kept: [] };

/**
 * What somebody changed in a block: `found` stands in the file under `fingerprint`, `written` is what was put there
 * last. Lines that bear their own fingerprint are a version that was written, here or elsewhere, and no edit: after a
 * change of branches nothing is taken for removed.
 */
export function readEdits(
  found: readonly string[],
  fingerprint: string,
  { written, memories }: { written: WrittenLines; memories: ReadonlyMap<string, BlockMemory> },
): ReadEdits {
  if (fingerprintOf(found) === fingerprint) return NO_EDITS;
  const lines = readLines(found);
  // Emptied as a whole, it was more likely cleared than read: memories stay.
  if (lines.length === 0 && written.lines.length > 2) return NO_EDITS;
  const shown = new Set([...memories.values()].map(({ text }) => lineOf(text)));
  // Somebody edited a version that is not ours: what is gone there may never have been there. Lines are only added.
  const isOurs = fingerprint === written.fingerprint;
  const old = isOurs ? [...written.lines] : [];
  const edits: BlockEdit[] = [];
  const kept: string[] = [];
  for (const { gone, come } of gapsOf(old, lines)) {
    const waiting = [...gone];
    for (const { line, section } of come) {
      if (shown.has(line)) {
        // The store has it already, from a run that was cut off.
        const place = waiting.findIndex(({ id }) => lineOf(memories.get(id)?.text ?? "") === line);
        if (place >= 0) waiting.splice(place, 1);
        continue;
      }
      const place = mostAlike(line, waiting, memories);
      const text = textOfLine(line);
      if (place < 0) {
        edits.push({ what: "add", section, text });
        continue;
      }
      const [{ id, hash } = { id: "", hash: "" }] = waiting.splice(place, 1);
      const memory = memories.get(id);
      if (memory === undefined) edits.push({ what: "add", section, text });
      else if (hashOf(lineOf(memory.text)) !== hash) {
        edits.push({ what: "add", section, text, why: "the memory was changed meanwhile, too: both are kept" });
        kept.push(memory.text);
      } else if (isCut(memory.text))
        edits.push({ what: "add", section, text, why: "the line showed a part of its memory" });
      else edits.push({ what: "update", id, text });
    }
    for (const { id, hash } of waiting) {
      const memory = memories.get(id);
      if (memory === undefined) continue;
      if (hashOf(lineOf(memory.text)) === hash) edits.push({ what: "delete", id, text: memory.text });
      else kept.push(memory.text);
    }
  }
  return { edits, kept };
}

/** Headings say where a line belongs; empty lines say nothing. */
function readLines(found: readonly string[]): FoundLine[] {
  const lines: FoundLine[] = [];
  let section: SectionName = "fact";
  for (const raw of found) {
    const line = raw.trim();
    if (line.startsWith("#")) {
      const title = line.replaceAll("#", "").trim().toLowerCase();
      section = SECTIONS.find((each) => each.title.toLowerCase() === title)?.name ?? "fact";
    } else if (textOfLine(line) !== "") lines.push({ line: `- ${line.replace(/^[-*] /u, "").trim()}`, section });
  }
  return lines;
}

interface Gap {
  readonly gone: { readonly id: string; readonly hash: string }[];
  readonly come: FoundLine[];
}

/** What changed between lines that stayed; a line that was only moved has stayed. */
function gapsOf(old: readonly { readonly id: string; readonly hash: string }[], lines: readonly FoundLine[]): Gap[] {
  const hashes = lines.map(({ line }) => hashOf(line));
  const counts = new Map<string, number>();
  for (const hash of hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const stayed = old.map(({ hash }) => {
    const count = counts.get(hash) ?? 0;
    counts.set(hash, count - 1);
    return count > 0;
  });
  const known = new Map<string, number>();
  for (const [index, { hash }] of old.entries()) if (stayed[index]) known.set(hash, (known.get(hash) ?? 0) + 1);
  const gaps: Gap[] = [{ gone: [], come: [] }];
  const places = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const hash = hashes[index] as string;
    const count = known.get(hash) ?? 0;
    if (count > 0) {
      known.set(hash, count - 1);
      places.set(hash, gaps.length);
      gaps.push({ gone: [], come: [] });
    } else gaps.at(-1)?.come.push(line);
  }
  let gap = 0;
  for (const [index, each] of old.entries()) {
    if (stayed[index]) gap = places.get(each.hash) ?? gap;
    else gaps[gap]?.gone.push(each);
  }
  return gaps;
}

/** So alike must a line be to count as another wording of the old one. */
const LEAST_ALIKE = 0.4;

function mostAlike(
  line: string,
  waiting: readonly { readonly id: string }[],
  memories: ReadonlyMap<string, BlockMemory>,
): number {
  let best = -1;
  let most = LEAST_ALIKE;
  for (const [index, { id }] of waiting.entries()) {
    const likeness = likenessOf(line, lineOf(memories.get(id)?.text ?? ""));
    if (likeness < most) continue;
    best = index;
    most = likeness;
  }
  return best;
}

/** Shared pairs of letters, 0 to 1: the same for every script. */
function likenessOf(one: string, other: string): number {
  const first = pairsOf(one);
  const second = pairsOf(other);
  let shared = 0;
  for (const pair of first) if (second.has(pair)) shared += 1;
  return first.size + second.size === 0 ? 0 : (2 * shared) / (first.size + second.size);
}

function pairsOf(line: string): Set<string> {
  const letters = [...line.slice(2).toLowerCase()];
  return new Set(letters.slice(1).map((letter, index) => `${letters[index] ?? ""}${letter}`));
}
