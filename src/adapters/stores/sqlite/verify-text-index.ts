import { isTextIndexDamage } from "./busy.ts";
import type { Row } from "./driver.ts";
import { scopeTokens } from "./write-change.ts";
import type { Check } from "./verify-records.ts";

const PASSAGES_PER_STEP = 200;

/** What the text index holds of one passage: the sum over its tokens and their places. */
type Fingerprints = Map<number, number>;

/**
 * The text index against the passages, token by token. FTS5's own `integrity-check` would hold the event loop and
 * the write lock for seconds; this reads the same in short steps, from one moment's view.
 */
export async function checkTextIndex(check: Check): Promise<void> {
  const { snapshot, report, damage } = check;
  const indexed = await readIndexIfWhole(check);
  let position = 0;
  for (;;) {
    const rows = snapshot.driver.all(
      // Not through the view text_source: on the right of a LEFT JOIN it would be made whole at every step.
      `SELECT p.passage_no, p.terms, p.date_terms, m.id, m.partition_no, m.is_turn, m.agent_no, m.app_no, m.run_no
       FROM passages p LEFT JOIN memories m ON m.rid = p.rid WHERE p.passage_no > ? ORDER BY p.passage_no LIMIT ?`,
      position,
      PASSAGES_PER_STEP,
    );
    for (const row of rows) {
      position = Number(row["passage_no"]);
      checkPassage(check, row, indexed);
    }
    await snapshot.breathe();
    if (rows.length < PASSAGES_PER_STEP) break;
  }
  if (indexed === undefined || indexed.size === 0) return;
  report.add("text index", "the index holds words of what is not stored", { isRepairable: true, count: indexed.size });
  damage.isTextIndexWrong = true;
}

function checkPassage({ report, damage }: Check, row: Row, indexed: Fingerprints | undefined): void {
  const passage = Number(row["passage_no"]);
  if (row["id"] === null) {
    report.add("passages", "an index unit belongs to no memory", { isRepairable: true });
    damage.orphanPassages.add(passage);
    return;
  }
  if (indexed === undefined) return;
  const details = { memoryId: String(row["id"]), isRepairable: true };
  const found = indexed.get(passage);
  indexed.delete(passage);
  const scope = scopeTokens(Number(row["partition_no"]), row["is_turn"] === 1, {
    agent: row["agent_no"] as number | null,
    app: row["app_no"] as number | null,
    run: row["run_no"] as number | null,
  });
  const expected = fingerprint(`${String(row["terms"])} ${String(row["date_terms"])}`, 0) + fingerprint(scope, 1);
  if (found === undefined) {
    report.add("text index", "a memory's words are not in the index", details);
    damage.unindexed.add(passage);
  } else if (found !== expected) {
    report.add("text index", "the index has other words than a memory", details);
    damage.isTextIndexWrong = true;
  }
}

/** Undefined when the index cannot be read to its end: then it is made anew as a whole. */
async function readIndexIfWhole(check: Check): Promise<Fingerprints | undefined> {
  try {
    return await readIndex(check);
  } catch (error) {
    if (!isTextIndexDamage(error)) throw error;
    check.report.add("text index", "the index is damaged", { isRepairable: true });
    check.damage.isTextIndexWrong = true;
    return undefined;
  }
}

async function readIndex({ snapshot }: Check): Promise<Fingerprints> {
  const { driver } = snapshot;
  const found: Fingerprints = new Map();
  driver.execute(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.text_instances USING fts5vocab('main', 'text_index', 'instance')",
  );
  let term = "";
  let hash = 0;
  let count = 0;
  for (const row of driver.iterate('SELECT term, doc, col, "offset" AS place FROM temp.text_instances')) {
    if (row["term"] !== term) {
      term = String(row["term"]);
      hash = hashTerm(term);
    }
    const passage = Number(row["doc"]);
    const column = row["col"] === "scope" ? 1 : 0;
    found.set(passage, (found.get(passage) ?? 0) + mix(hash, Number(row["place"]), column));
    count += 1;
    if (count % 1_000 === 0) await snapshot.breathe();
  }
  return found;
}

/** As the tokenizer of the text index cuts it (schema.ts). */
function fingerprint(text: string, column: number): number {
  let sum = 0;
  let place = 0;
  // oxlint-disable-next-line no-control-regex -- these are what the tokenizer takes for borders
  for (const token of text.split(/[\u0000-\u0020"\u007f]+/u)) {
    if (token === "") continue;
    sum += mix(hashTerm(token.replaceAll(/[A-Z]+/gu, (part) => part.toLowerCase())), place, column);
    place += 1;
  }
  return sum;
}

/** FNV-1a, 32 bits. */
function hashTerm(term: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < term.length; index += 1) hash = Math.imul(hash ^ term.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function mix(hash: number, place: number, column: number): number {
  return Math.imul(hash ^ Math.imul(place * 2 + column + 1, 0x9e3779b1), 0x85ebca6b) >>> 0;
}
