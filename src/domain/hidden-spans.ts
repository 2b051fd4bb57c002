import type { MemoryState, Span } from "./memory.ts";

/** A memory, in any state, that rests on parts of a message. */
export interface SpanHolder {
  /** The message's number in its store. */
  readonly message: number;
  readonly state: MemoryState;
  readonly spans: readonly Span[];
}

/**
 * Which parts of messages must not be shown: what deleted memories rested on. A part that another, living memory rests
 * on as well stays visible.
 */
export function spansToHide(holders: readonly SpanHolder[]): ReadonlyMap<number, readonly Span[]> {
  const hidden = new Map<number, Span[]>();
  const shown = new Map<number, Span[]>();
  for (const { message, state, spans } of holders) {
    const target = state === "deleted" ? hidden : shown;
    const known = target.get(message);
    if (known === undefined) target.set(message, [...spans]);
    else known.push(...spans);
  }
  for (const [message, spans] of hidden) {
    const living = shown.get(message) ?? [];
    const left = spans.filter((span) => !living.some((other) => other.start <= span.start && other.end >= span.end));
    if (left.length === 0) hidden.delete(message);
    else
      hidden.set(
        message,
        left.toSorted((one, other) => one.start - other.start),
      );
  }
  return hidden;
}

/** The text with blanks in place of the given parts: every other place stays where it is. */
export function blankOut(text: string, spans: readonly Span[]): string {
  let result = text;
  for (const { start, end } of spans) {
    const from = Math.min(start, text.length);
    const to = Math.min(end, text.length);
    if (to > from) result = `${result.slice(0, from)}${" ".repeat(to - from)}${result.slice(to)}`;
  }
  return result;
}
