import { countTokens } from "../text/token-count.ts";

/** One line of a context block: a message, or what was derived where no message is at hand. */
export interface ContextLine {
  /** Ids of the hits that it answers. */
  readonly ids: readonly string[];
  /** "Anna: text", ready to print. */
  readonly text: string;
  readonly saidAt: number;
  /** Session key: lines of one session stand together. */
  readonly session: string;
  /** Place within a session when times are equal. */
  readonly order: number;
  readonly score: number;
}

export interface PackInput {
  readonly lines: readonly ContextLine[];
  /** Standing instructions, best first; they take at most a tenth of the budget. */
  readonly instructions?: readonly ContextLine[];
  readonly tokenBudget: number;
  /** What the fence round the block costs. */
  readonly fenceTokens: number;
  /** Everything or nothing. */
  readonly keepAll: boolean;
}

export interface Packed {
  readonly text: string;
  /** Ids of the hits that are in it. */
  readonly used: readonly string[];
}

const INSTRUCTION_SHARE = 0.1;
/** Exponent of the length in `score / tokens ^ x`: between taking the best and taking the cheapest. */
const LENGTH_EXPONENT = 0.3;

/**
 * Chooses lines by evidence per length and prints them oldest first under a heading per day. Never exceeds the
 * budget: the finished text is counted, not the sum of estimates. Null when `keepAll` and it does not fit.
 */
export function packLines({ lines, instructions = [], tokenBudget, fenceTokens, keepAll }: PackInput): Packed | null {
  const budget = tokenBudget - fenceTokens;
  const standing = takeInstructions(instructions, Math.floor(tokenBudget * INSTRUCTION_SHARE));
  if (keepAll) {
    const text = render(lines, standing);
    return countTokens(text) <= budget ? { text, used: idsOf(lines, standing) } : null;
  }
  const ordered = lines.toSorted((left, right) => value(right) - value(left) || left.saidAt - right.saidAt);
  const chosen: ContextLine[] = [];
  const days = new Set<string>();
  let tokens = standing.length === 0 ? 0 : countTokens(render([], standing)) + 1;
  const skipped: ContextLine[] = [];
  for (const line of ordered) {
    // Each line break and each heading is counted; rounding up per line leaves the estimate on the safe side.
    const heading = headingOf(line);
    const cost =
      line.text.length / 4 + 0.25 + extraTokens(line.text) + (days.has(heading) ? 0 : heading.length / 4 + 0.5);
    if (tokens + cost > budget) {
      skipped.push(line);
      continue;
    }
    tokens += cost;
    days.add(heading);
    chosen.push(line);
  }
  let text = render(chosen, standing);
  while (countTokens(text) > budget && chosen.length > 0) {
    chosen.pop();
    text = render(chosen, standing);
  }
  return text === "" ? null : { text, used: idsOf(chosen, standing) };
}

function value(line: ContextLine): number {
  return line.score / Math.max(1, line.text.length / 4) ** LENGTH_EXPONENT;
}

/** What wide characters cost above a quarter each. */
function extraTokens(text: string): number {
  return Math.max(0, countTokens(text) - Math.ceil(text.length / 4));
}

function takeInstructions(instructions: readonly ContextLine[], budget: number): ContextLine[] {
  const taken: ContextLine[] = [];
  for (const line of instructions) {
    if (countTokens(render([], [...taken, line])) > budget) break;
    taken.push(line);
  }
  return taken;
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

function headingOf(line: ContextLine): string {
  const date = new Date(line.saidAt);
  return `## ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function render(lines: readonly ContextLine[], standing: readonly ContextLine[]): string {
  const parts: string[] = [];
  if (standing.length > 0) parts.push("## Standing instructions", ...standing.map((line) => line.text));
  const ordered = lines.toSorted((left, right) => left.saidAt - right.saidAt || left.order - right.order);
  let heading = "";
  for (const line of ordered) {
    const own = headingOf(line);
    if (own !== heading) parts.push(own);
    heading = own;
    parts.push(line.text);
  }
  return parts.join("\n");
}

function idsOf(lines: readonly ContextLine[], standing: readonly ContextLine[]): string[] {
  return [...new Set([...standing, ...lines].flatMap((line) => line.ids))];
}
