import { normalizeEntityName } from "../../domain/entity.ts";
import type { ChangeCue } from "../../domain/extracted-fact.ts";
import { cueOf, endsValue } from "./cues.ts";
import { clockTime, eventTime, isoValue, type EventTime, type ResolvedDate } from "./dates.ts";
import type { Origin } from "./discourse.ts";
import type { Draft } from "./draft.ts";
import { findMentions } from "./mentions.ts";
import type { Reading } from "./reading.ts";
import type { Slot } from "./slot.ts";
import type { Speaker } from "./speaker.ts";
import type { Token } from "./tokens.ts";
import { withValues } from "./value-mentions.ts";

interface SlotDraftInput {
  readonly slot: Slot;
  readonly text: string;
  readonly clauseLower: string;
  readonly sentenceLower: string;
  readonly subject: string;
  readonly dates: readonly ResolvedDate[];
  readonly tokens: readonly Token[];
  readonly source: string;
  readonly range: readonly [number, number];
  readonly at: { readonly start: number; readonly end: number };
  readonly reading: Reading;
  readonly confidence: number;
  readonly also?: readonly Origin[];
}

export const SCHEDULED: RegExp = /^(?:schedule|deadline|birthday|end)(?::|$)/u;

export function slotDraft(input: SlotDraftInput): Draft {
  const { slot, text, clauseLower, sentenceLower, dates, tokens, source, range, at, reading } = input;
  const isScheduled = SCHEDULED.test(slot.attribute);
  const cue = chooseCue(slot, sentenceLower, clauseLower);
  const value = isScheduled && cue !== "end" ? scheduleValue(slot, dates) : slot.value;
  // The time of a scheduled thing is its value. It is scheduled from the moment it was said (domain/validity.ts).
  let time: EventTime = isScheduled && cue !== "end" ? scheduledTime(slot, dates) : {};
  if (!isScheduled) time = eventTime(dates, clauseLower, slot.isPast === true ? "past" : "state", reading.saidAt);
  if (cue === "end" && slot.isPast !== true && time.validFrom !== undefined && time.validTo === undefined)
    time = { validTo: time.validFrom, granularity: time.granularity ?? "day" };
  const mentions = findMentions(source, tokens, range[0], range[1], {
    attribute: slot.attribute,
    value: slot.value,
    people: reading.people,
  });
  return {
    text,
    kind: "fact",
    subject:
      slot.isSpeakers === true
        ? reading.speaker.standing === "assistant"
          ? "user"
          : reading.speaker.key
        : input.subject,
    slot: { ...slot, value },
    cue,
    time,
    start: at.start,
    end: at.end,
    mentions: withValues(
      withSpeaker(mentions, reading.speaker),
      source.slice(tokens[range[0]]?.start ?? 0, tokens[range[1] - 1]?.end ?? source.length),
      dates,
      "en",
    ),
    confidence: input.confidence,
    ...(input.also === undefined || input.also.length === 0 ? {} : { also: input.also }),
  };
}

const AGAIN = /\b(?:every|each|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)\b/u;

function ownDates(slot: Slot, dates: readonly ResolvedDate[]): readonly ResolvedDate[] {
  return dates.filter((date) => slot.value.includes(date.phrase.toLowerCase().replace(/^(?:on|at|in|by|the) /u, "")));
}

/** Of what comes once; a birthday comes every year. */
function scheduledTime(slot: Slot, dates: readonly ResolvedDate[]): EventTime {
  if (!/^(?:schedule|deadline)(?::|$)/u.test(slot.attribute) || AGAIN.test(slot.value)) return {};
  const [date] = ownDates(slot, dates);
  return date === undefined ? {} : { validFrom: date.from, granularity: date.granularity };
}

function scheduleValue(slot: Slot, dates: readonly ResolvedDate[]): string {
  if (AGAIN.test(slot.value)) return slot.value;
  const own = ownDates(slot, dates);
  return isoValue(slot.value, own) ?? (own.length === 0 ? clockTime(`at ${slot.value}`) : undefined) ?? slot.value;
}

function chooseCue(slot: Slot, sentenceLower: string, clauseLower: string): ChangeCue {
  const spoken = cueOf(sentenceLower);
  if (slot.cue === "end") return "end";
  if (spoken === "correction") return "correction";
  if (slot.cue !== undefined && slot.cue !== "none") return slot.cue;
  if (
    endsValue(clauseLower) &&
    /\bnot\b|n't|no longer/u.test(clauseLower) &&
    slot.cue === undefined &&
    spoken === "change"
  )
    return "change";
  return spoken;
}

export function withSpeaker(mentions: Draft["mentions"], speaker: Speaker): Draft["mentions"] {
  if (!speaker.isNamed || mentions.some(({ name }) => normalizeEntityName(name) === speaker.key)) return mentions;
  return [{ name: speaker.label, type: "person" }, ...mentions];
}
