import type { Draft } from "./draft.ts";
import type { Reading } from "./english.ts";
import type { Sentence } from "./sentences.ts";

export function readOther(_sentence: Sentence, _language: string, _reading: Reading): Draft[] {
  return [];
}
