import { DIGEST_SECTIONS } from "../domain/digest.ts";
import type { DigestLine, DigestSection } from "../domain/digest.ts";
import { countTokens } from "../text/token-count.ts";

export interface PackedDigest {
  readonly text: string;
  readonly lines: readonly DigestLine[];
  readonly isComplete: boolean;
}

const TITLES: Readonly<Record<DigestSection, string>> = {
  asked: "## How it began",
  done: "## Done",
  decided: "## Decided",
  open: "## Left open",
  learned: "## Learned",
};

/** What somebody who goes on needs first; each section gives a line in turn, its newest first. */
const BY_NEED: readonly DigestSection[] = ["open", "decided", "done", "asked", "learned"];

/**
 * Chooses lines for a budget of tokens and prints them by section, oldest first, each with the ids that it rests on.
 * The finished text is counted, so that the budget holds.
 */
export function packDigest(lines: readonly DigestLine[], tokenBudget: number): PackedDigest {
  const waiting = new Map(
    BY_NEED.map((section) => [section, lines.filter((line) => line.section === section).toReversed()]),
  );
  const chosen = new Set<DigestLine>();
  let tokens = 0;
  let isFull = false;
  while (!isFull) {
    const next = BY_NEED.flatMap((section) => waiting.get(section)?.shift() ?? []);
    if (next.length === 0) break;
    for (const line of next) {
      const isFirst = ![...chosen].some(({ section }) => section === line.section);
      const cost = countTokens(lineText(line)) + 1 + (isFirst ? countTokens(TITLES[line.section]) + 1 : 0);
      if (tokens + cost > tokenBudget) {
        isFull = true;
        continue;
      }
      tokens += cost;
      chosen.add(line);
    }
  }
  const kept = lines.filter((line) => chosen.has(line));
  return { text: render(kept), lines: kept, isComplete: kept.length === lines.length };
}

function render(lines: readonly DigestLine[]): string {
  return DIGEST_SECTIONS.flatMap((section) => {
    const own = lines.filter((line) => line.section === section);
    return own.length === 0 ? [] : [TITLES[section], ...own.map((line) => lineText(line))];
  }).join("\n");
}

function lineText({ text, memoryIds, saidAt, name, role }: DigestLine): string {
  const speaker = name ?? (role === "assistant" ? "assistant" : null);
  const said = text.replaceAll(/\s+/gu, " ");
  return `- ${saidAt.slice(0, 10)} ${speaker === null ? "" : `${speaker}: `}${said} [${memoryIds.join(", ")}]`;
}
