import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BLIND_SLOTS } from "../time/blind-phrasings.ts";
import { DAY, exportedFrom, NOW, shownOf, withMemory } from "./case.ts";
import type { ForgettingCase } from "./case.ts";

const OPEN: readonly string[] = [
  "I live in {}.",
  "My sister is called {}.",
  "I'm allergic to {}.",
  "I work at {}.",
  "We adopted a cat named {}.",
  "My favourite food is {}.",
  "I had lunch with {} yesterday.",
  "Please always call me {}.",
];

const WAYS = ["delete the message", "delete what was drawn", "revoke", "deleteAll", "purge"] as const;

/** A word that occurs nowhere else is told, then forgotten in one of five ways: no read may show it again. */
export function deletionCases(count: number): ForgettingCase[] {
  const blind = Math.floor(count / 3);
  const sentences = BLIND_SLOTS.flatMap(({ first }) => first);
  return Array.from({ length: count }, (_, place): ForgettingCase => {
    const isBlind = place < blind;
    const text = (isBlind ? sentences[place % sentences.length] : OPEN[place % OPEN.length]) as string;
    const way = WAYS[place % WAYS.length] as (typeof WAYS)[number];
    const word = `Zq${(place + 1009).toString(36)}vex`;
    return {
      suite: "deletion residue",
      id: `${way} ${place}`,
      clarity: "explicit",
      origin: isBlind ? "blind" : "open",
      // The bytes of a file are looked at in every fifth of the purges.
      check: () => check(text.replaceAll(/\{(?:old)?\}/gu, word), word, way, place % 25 === 4),
    };
  });
}

async function check(text: string, word: string, way: (typeof WAYS)[number], inFile: boolean): Promise<string | null> {
  const folder = inFile ? mkdtempSync(join(tmpdir(), "recollect-residue-")) : null;
  const path = folder === null ? ":memory:" : join(folder, "memory.db");
  try {
    const problem = await withMemory({ dbPath: path, decay: true }, async (memory) => {
      const owner = { userId: "ana" };
      await memory.add("I like rain. My garden is large.", { ...owner, timestamp: new Date(NOW - 9 * DAY) });
      const { results, messages } = await memory.add(text, { ...owner, timestamp: new Date(NOW - 3 * DAY) });
      const before = await shownOf(memory, "ana", `${word} ${text}`);
      if (!before.includes(word)) return "it was never shown";
      const id = messages[0]?.id ?? "";
      if (way === "delete the message") await memory.delete(id);
      else if (way === "revoke") await memory.revoke({ messageId: id });
      else if (way === "deleteAll") await memory.deleteAll(owner);
      else if (way === "purge") await memory.purge([id, ...results.map((item) => item.id)]);
      else if (results.length > 0) await memory.batchDelete(results.map((item) => item.id));
      else await memory.delete(id);
      const after = await shownOf(memory, "ana", text.replaceAll(word, "it"));
      if (after.includes(word)) return `still shown after ${way}: …${around(after, word)}…`;
      if (way !== "purge") return null;
      const exported = await exportedFrom(memory);
      return exported.includes(word) ? `in an export: …${around(exported, word)}…` : null;
    });
    if (problem !== null || folder === null) return problem;
    return readFileSync(path).includes(word) || readFileSync(path).includes(word.toLowerCase())
      ? "the file still holds its bytes"
      : null;
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}

function around(text: string, word: string): string {
  const place = text.indexOf(word);
  return text.slice(Math.max(0, place - 60), place + 40);
}
