import type { Clause } from "./parse-clause.ts";
import { isPerson, single, type Slot } from "./slot.ts";

export function age(clause: Clause, pattern: RegExp, cue?: Slot["cue"]): Slot[] | undefined {
  const match = pattern.exec(clause.rest);
  if (match?.[1] === undefined || !isPerson(clause)) return undefined;
  return single("age", match[1], cue === undefined ? {} : { cue });
}

export function maritalStatus(clause: Clause, rest: string, cue?: Slot["cue"]): Slot[] | undefined {
  const match =
    /^(?:(?:happily|newly|recently|officially|back|now|still|legally) )*(single|married|engaged|divorced|separated|widowed|a widow|a widower|in a relationship|taken)(?: to \w+| with \w+)?(?: now| again| anymore| these days| at the moment| right now| for now| currently| since .{2,20}| for .{2,20})?$/u.exec(
      rest,
    );
  return match?.[1] === undefined || !isPerson(clause)
    ? undefined
    : single(
        "relationship_status",
        match[1] === "taken" ? "in a relationship" : match[1],
        cue === undefined ? {} : { cue },
      );
}
