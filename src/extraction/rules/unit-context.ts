import type { ResolvedDate } from "./dates.ts";
import type { Origin, Subject } from "./discourse.ts";
import type { Reading } from "./reading.ts";
import type { Token } from "./tokens.ts";

export interface UnitContext {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly lower: string;
  readonly at: { readonly start: number; readonly end: number };
  readonly dates: readonly ResolvedDate[];
  readonly reading: Reading;
}

/** Where the statement's pronoun or known relative is named. */
export function originsOf(subject: Subject): { also?: readonly Origin[] } {
  const origin =
    subject.kind === "person" ? subject.person.origin : subject.kind === "thing" ? subject.origin : undefined;
  return origin === undefined ? {} : { also: [origin] };
}
