import { isSchema } from "../../domain/json-schema.ts";
import type { JsonSchema } from "../../domain/json-schema.ts";
import { compilePattern } from "../../text/linear-pattern.ts";
import type { LinearPattern } from "../../text/linear-pattern.ts";
import { PatternProblem } from "../../text/parse-pattern.ts";
import { pause } from "../build-passages.ts";

/** For one form: about a second. */
const MAX_VISITS = 20_000_000;
const VISITS_AT_A_TIME = 200_000;
const MAX_PATTERNS = 200;
const MAX_WARNINGS = 5;
const SHOWN_CHARACTERS = 80;

/** The `pattern`s of one schema: they are its sender's, and what they may cost is bounded. */
export class PatternCheck {
  readonly warnings: readonly string[];
  readonly #patterns = new Map<string, LinearPattern>();
  readonly #budget = { left: MAX_VISITS };
  #restAt = MAX_VISITS - VISITS_AT_A_TIME;

  constructor(schema: JsonSchema) {
    const warnings: string[] = [];
    const sources = [...new Set(patternsIn(schema))];
    for (const source of sources.slice(0, MAX_PATTERNS)) {
      try {
        this.#patterns.set(source, compilePattern(source));
      } catch (error) {
        if (!(error instanceof PatternProblem)) throw error;
        const shown = source.length > SHOWN_CHARACTERS ? `${source.slice(0, SHOWN_CHARACTERS)}…` : source;
        warnings.push(`The pattern ${shown.toWellFormed()} is not checked: it has ${error.message}.`);
      }
    }
    if (sources.length > MAX_PATTERNS)
      warnings.push(`Of ${sources.length} patterns the first ${MAX_PATTERNS} are checked.`);
    const more = warnings.length - MAX_WARNINGS;
    this.warnings =
      more > 0 ? [...warnings.slice(0, MAX_WARNINGS), `${more} more patterns are not checked.`] : warnings;
  }

  /** Whether a text has the schema's pattern. A text that takes too long to tell has not; a pattern that is not known is one. */
  fits(text: string, { pattern }: JsonSchema): boolean {
    const known = typeof pattern === "string" ? this.#patterns.get(pattern) : undefined;
    return known === undefined || known.isIn(text, this.#budget) === true;
  }

  /** Gives other calls their turn after so much work. */
  async rest(): Promise<void> {
    if (this.#budget.left > this.#restAt) return;
    this.#restAt = this.#budget.left - VISITS_AT_A_TIME;
    await pause();
  }
}

function* patternsIn(value: unknown): Generator<string, void, undefined> {
  if (Array.isArray(value)) for (const each of value as unknown[]) yield* patternsIn(each);
  if (!isSchema(value)) return;
  for (const [name, each] of Object.entries(value)) {
    if (name === "pattern" && typeof each === "string") yield each;
    else yield* patternsIn(each);
  }
}
