import { readFileSync } from "node:fs";
import { MemoryError } from "../../errors.ts";
import type { Concepts } from "../../ports/concepts.ts";
import { type ConceptTable, parseConcepts } from "./concept-file.ts";

const TABLE_FILE = new URL("./concepts.bin", import.meta.url);

/** Classes that are asked for again and again are kept unpacked: some ten kilobytes each. */
const MOST_KEPT = 32;

const IRREGULAR: Readonly<Record<string, string>> = {
  children: "child",
  wives: "wife",
  knives: "knife",
  leaves: "leaf",
  shelves: "shelf",
  mice: "mouse",
  geese: "goose",
  criteria: "criterion",
};

let sharedTable: ConceptTable | undefined;
const kept = new Map<string, ReadonlyMap<string, number> | undefined>();

/** Concepts of English nouns, from WordNet and the built-in word vectors (ADR 0011). The table is read at the first call. */
export function createBuiltInConcepts(): Concepts {
  return {
    membersOf(noun) {
      const word = noun.toLowerCase();
      if (kept.has(word)) return kept.get(word);
      sharedTable ??= loadTable();
      const members = findFirst(sharedTable, singulars(word));
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(word, members);
      return members;
    },
  };
}

function findFirst(table: ConceptTable, names: readonly string[]): ReadonlyMap<string, number> | undefined {
  for (const name of names) {
    const members = table.find(name);
    if (members !== undefined) return members;
  }
  return undefined;
}

/** The word, and what it may be the plural of. Spelling only: the table knows which of them exist. */
function singulars(word: string): string[] {
  const irregular = IRREGULAR[word];
  const found = irregular === undefined ? [word] : [irregular, word];
  if (word.endsWith("ies")) found.push(`${word.slice(0, -3)}y`);
  if (word.endsWith("es")) found.push(word.slice(0, -2));
  if (word.endsWith("s")) found.push(word.slice(0, -1));
  return found;
}

function loadTable(): ConceptTable {
  try {
    return parseConcepts(readFileSync(TABLE_FILE));
  } catch (cause) {
    const message = `The built-in table of concepts ${TABLE_FILE.pathname} cannot be read. Install the package again.`;
    throw new MemoryError("provider_failed", message, { cause });
  }
}
