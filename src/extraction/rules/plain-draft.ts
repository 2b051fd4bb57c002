import { originsOf } from "./unit-context.ts";
import type { UnitContext } from "./unit-context.ts";
import { eventTime, type EventTime, type ResolvedDate } from "./dates.ts";
import type { Subject } from "./discourse.ts";
import type { Draft } from "./draft.ts";
import { findMentions } from "./mentions.ts";
import type { Clause } from "./parse-clause.ts";
import { withSpeaker } from "./slot-draft.ts";
import { withValues } from "./value-mentions.ts";

export function plainDraft(
  text: string,
  main: Clause,
  subject: Subject,
  context: UnitContext & { range: readonly [number, number]; clauseLower: string; unitDates: readonly ResolvedDate[] },
): Draft {
  const { reading, tokens, source, range, clauseLower, unitDates, at } = context;
  const key = subject.kind === "person" ? subject.person.key : reading.speaker.key;
  const isEvent = main.isPast || main.modality === "will" || main.isPerfect || main.isProgressive;
  const start = at.start + (tokens[range[0]]?.start ?? 0);
  const end = at.start + (tokens[range[1] - 1]?.end ?? source.length);
  const isPronoun = subject.kind === "person" && subject.isPronoun;
  return {
    text,
    kind: "fact",
    subject: key,
    cue: "none",
    time: plainTime(unitDates, clauseLower, isEvent, reading.saidAt),
    start,
    end,
    mentions: withValues(
      withSpeaker(findMentions(source, tokens, range[0], range[1], { people: reading.people }), reading.speaker),
      source.slice(tokens[range[0]]?.start ?? 0, tokens[range[1] - 1]?.end ?? source.length),
      unitDates,
      "en",
    ),
    confidence: (reading.speaker.standing === "assistant" ? 0.7 : 0.65) - (isPronoun ? 0.15 : 0),
    ...originsOf(subject),
  };
}

/** What lies ahead is an appointment, whatever its verb: "I have choir practice tomorrow". */
function plainTime(dates: readonly ResolvedDate[], lower: string, isEvent: boolean, saidAt: number): EventTime {
  const time = eventTime(dates, lower, isEvent ? "event" : "state", saidAt);
  return isEvent || time.validFrom === undefined || time.validFrom <= saidAt
    ? time
    : eventTime(dates, lower, "event", saidAt);
}
