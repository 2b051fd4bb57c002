import { parsePattern, PatternProblem } from "./parse-pattern.ts";
import type { PatternNode } from "./parse-pattern.ts";

export interface LinearPattern {
  /**
   * Whether the pattern is found anywhere in a text; undefined where that takes too many steps.
   * @param budget what may be left of the steps for this and other texts; it is counted down.
   */
  readonly isIn: (text: string, budget?: { left: number }) => boolean | undefined;
}

/** One step of a machine that is in many places at once: what costs time is the places, and each is visited once. */
type Step =
  | { readonly kind: "one"; readonly fits: (character: string) => boolean }
  | { readonly kind: "fork"; readonly to: number; readonly or: number }
  | { readonly kind: "place"; readonly place: "start" | "end" | "edge" | "inside" }
  | { readonly kind: "ahead"; readonly steps: readonly Step[]; readonly isNegated: boolean }
  | { readonly kind: "found" };

const MAX_STEPS = 4_000;
/** About 20 ms. */
const MAX_VISITS = 500_000;

/**
 * A pattern of somebody's schema, which may be made to take for ever: it is run without going back in the text, so
 * that its time grows with the text's length and not with its powers. It knows ECMAScript's syntax without
 * backreferences and lookbehinds.
 * @throws PatternProblem for what it does not know, with a message that follows "it has".
 */
export function compilePattern(source: string): LinearPattern {
  const steps = new Writer().stepsOf(parsePattern(source));
  return {
    isIn: (text, budget = { left: MAX_VISITS }) => {
      const limit = Math.min(MAX_VISITS, budget.left);
      const run = new Run(Array.from(text), limit);
      const isFound = run.find(steps);
      budget.left -= run.visits;
      return run.visits > limit ? undefined : isFound;
    },
  };
}

/** Writes the steps of a pattern; what is repeated is written out, and all of it together is bounded. */
class Writer {
  #written = 0;

  stepsOf(node: PatternNode): readonly Step[] {
    const steps: Step[] = [];
    this.#write(node, steps);
    return [...steps, { kind: "found" }];
  }

  #write(node: PatternNode, steps: Step[]): void {
    this.#written += 1;
    if (this.#written > MAX_STEPS) throw new PatternProblem("too many repetitions");
    switch (node.kind) {
      case "one":
      case "place":
        steps.push(node);
        break;
      case "ahead":
        steps.push({ kind: "ahead", steps: this.stepsOf(node.part), isNegated: node.isNegated });
        break;
      case "sequence":
        for (const part of node.parts) this.#write(part, steps);
        break;
      case "choice":
        this.#writeChoice(node.parts, steps);
        break;
      case "repeat":
        this.#writeRepeat(node, steps);
    }
  }

  #writeChoice(parts: readonly PatternNode[], steps: Step[]): void {
    const ends: number[] = [];
    for (const [index, part] of parts.entries()) {
      const fork = steps.length;
      const isLast = index === parts.length - 1;
      if (!isLast) steps.push({ kind: "found" });
      this.#write(part, steps);
      if (isLast) break;
      ends.push(steps.length);
      steps.push({ kind: "found" });
      steps[fork] = { kind: "fork", to: fork + 1, or: steps.length };
    }
    for (const end of ends) steps[end] = { kind: "fork", to: steps.length, or: steps.length };
  }

  #writeRepeat({ part, least, most }: Extract<PatternNode, { kind: "repeat" }>, steps: Step[]): void {
    for (let count = 0; count < least; count += 1) this.#write(part, steps);
    const optional = most === Infinity ? 1 : most - least;
    const forks: number[] = [];
    for (let count = 0; count < optional; count += 1) {
      forks.push(steps.length);
      steps.push({ kind: "found" });
      this.#write(part, steps);
    }
    const [first = 0] = forks;
    if (most === Infinity) steps.push({ kind: "fork", to: first, or: first });
    for (const fork of forks) steps[fork] = { kind: "fork", to: fork + 1, or: steps.length };
  }
}

/** One text; what it costs is counted for all of its lookaheads together. */
class Run {
  readonly #text: readonly string[];
  readonly #ahead = new Map<readonly Step[], Map<number, boolean>>();
  readonly #limit: number;
  visits = 0;

  constructor(text: readonly string[], limit: number) {
    this.#text = text;
    this.#limit = limit;
  }

  find(steps: readonly Step[]): boolean {
    const [first] = steps;
    const isAtStart = first?.kind === "place" && first.place === "start";
    return this.#walk(steps, 0, !isAtStart);
  }

  #walk(steps: readonly Step[], from: number, isAnywhere: boolean): boolean {
    let places: readonly number[] = [];
    const seenAt = new Int32Array(steps.length).fill(-1);
    for (let at = from; at <= this.#text.length; at += 1) {
      const open = at === from || isAnywhere ? [0, ...places] : [...places];
      const next: number[] = [];
      for (let place = open.pop(); place !== undefined; place = open.pop()) {
        if (seenAt[place] === at) continue;
        seenAt[place] = at;
        this.visits += 1;
        if (this.visits > this.#limit) return false;
        const step = steps[place] as Step;
        if (step.kind === "found") return true;
        if (step.kind === "fork") open.push(step.to, step.or);
        else if (step.kind === "one") {
          const character = this.#text[at];
          if (character !== undefined && step.fits(character)) next.push(place + 1);
        } else if (step.kind === "place" ? this.#isAt(step.place, at) : this.#isAhead(step, at)) open.push(place + 1);
      }
      places = next;
      if (places.length === 0 && !isAnywhere) return false;
    }
    return false;
  }

  #isAhead({ steps, isNegated }: Extract<Step, { kind: "ahead" }>, at: number): boolean {
    const known = this.#ahead.get(steps) ?? new Map<number, boolean>();
    this.#ahead.set(steps, known);
    const isFound = known.get(at) ?? this.#walk(steps, at, false);
    known.set(at, isFound);
    return isFound !== isNegated;
  }

  #isAt(place: "start" | "end" | "edge" | "inside", at: number): boolean {
    if (place === "start") return at === 0;
    if (place === "end") return at === this.#text.length;
    const isEdge = isWord(this.#text[at - 1]) !== isWord(this.#text[at]);
    return place === "edge" ? isEdge : !isEdge;
  }
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/u.test(character);
}
