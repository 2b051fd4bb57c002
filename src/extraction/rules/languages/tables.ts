import type { LanguageTable } from "./language-table.ts";
import { arabic } from "./arabic.ts";
import { chinese } from "./chinese.ts";
import { dutch } from "./dutch.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import { japanese } from "./japanese.ts";
import { portuguese } from "./portuguese.ts";
import { russian } from "./russian.ts";
import { spanish } from "./spanish.ts";

const TABLES: ReadonlyMap<string, () => LanguageTable> = new Map([
  ["ar", arabic],
  ["de", german],
  ["es", spanish],
  ["fr", french],
  ["it", italian],
  ["ja", japanese],
  ["nl", dutch],
  ["pt", portuguese],
  ["ru", russian],
  ["zh", chinese],
]);

const built = new Map<string, LanguageTable>();

/** Compiled when the language first occurs. */
export function tableOf(language: string): LanguageTable | undefined {
  let table = built.get(language);
  if (table === undefined) {
    table = TABLES.get(language)?.();
    if (table !== undefined) built.set(language, table);
  }
  return table;
}
