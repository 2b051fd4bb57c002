import { kindOf, KIND_NAMES } from "./kinds.ts";
import { isOccupation } from "./occupations.ts";
import type { Clause } from "./parse-clause.ts";
import { isFirstPerson, multiple, single, type Slot } from "./slot.ts";
import { dietValue } from "./slots-preference.ts";
import { handedOver, placedAt, rebooked, remade, renamedTo } from "./slots-transfer.ts";
import { type Topic, STATUS, thingStatement, statusOf, versioned, isChangeValue, cutAtStops } from "./thing-values.ts";
import { thingOf, type Thing } from "./things.ts";
import { isCapitalized, lowerText } from "./tokens.ts";
import { isJudgement, isNumericValue, isTimeValue, normalizeValue } from "./values.ts";
import { wordSet } from "./words.ts";

const CHANGES = wordSet(
  "change move switch update raise increase lower decrease reduce cut bump upgrade downgrade set reset rename push postpone reschedule shift extend drop go rise fall grow shrink jump slip migrate transition convert adjust revise delay defer bring climb expand swap lift put fix roll transfer relocate cap trim defer make modify correct hike drop double pull advance tighten loosen turn dial award reassign assign",
);
/** "The deadline moved to Friday", "we bumped the port to 9090", "my rent went up to 950", "switched from npm to pnpm". */
export function changeStatement(clause: Clause, topic: Topic | undefined): Slot[] | undefined {
  if (clause.isNegated || clause.modality === "would" || clause.modality === "might" || clause.modality === "should")
    return undefined;
  if (clause.verb === "replace" || clause.verb === "swap" || clause.verb === "trade" || clause.verb === "exchange") {
    const slots = replaced(clause, topic);
    if (slots !== undefined) return slots;
  }
  if (clause.verb === "take" && /^over\b/u.test(clause.rest)) return takenOver(clause, topic);
  const special = handedOver(clause) ?? renamedTo(clause) ?? remade(clause) ?? rebooked(clause, topic);
  if (special !== undefined) return special;
  if (!CHANGES.has(clause.verb)) return undefined;
  const rest = clause.rest.replace(
    /^(?:(?:up|down|over|back|out|forward|ahead|away|again|slightly|all|everything|it|the whole thing|from (?!.* to )[^,]{1,30}) )*/u,
    "",
  );
  const match =
    /^(?:(?<object>(?!to |from |by |until |till |at )(?:(?!\bto\b|\buntil\b|\btill\b|\binto\b|\bfrom\b|\bby\b).)+?) )?(?:(?:back|up|down|over|out|forward) )?(?:from (?<old>.{1,50}?) )?(?:by .{1,30}? )?(?:to|until|till|into) (?:be )?(?<value>.+)$/u.exec(
      rest,
    );
  const groups = match?.groups;
  const value = groups?.["value"];
  if (value === undefined) return madeSo(clause, topic);
  const object = (groups?.["object"] ?? "").replace(/^(?:up|down|over) | (?:up|down|over|back)$/gu, "");
  if (/^(?:turn|dial|award|assign)$/u.test(clause.verb) && !clause.isPassive && !isNumericValue(normalizeValue(value)))
    return undefined;
  const old = groups?.["old"];
  const cutValue = cutAtStops(clause, value);
  if (
    object !== "" &&
    object !== "it" &&
    !/^(?:careers?|jobs?|roles?)$/u.test(object) &&
    (topic === undefined || !/^(?:up|down)?$/u.test(object))
  ) {
    const thing = thingOf(object.replace(/^(?:all|both) /u, ""));
    if (thing === undefined) return undefined;
    const isDetermined = /^(?:the|my|our|his|her|their|its|all) /u.test(object);
    if (!isDetermined && !thing.isKnown) return undefined;
    if (!isChangeValue(cutValue, thing)) return undefined;
    if (
      /^(?:laptop|computer|machine|pc|desktop)$/u.test(thing.attribute) &&
      kindOf(normalizeValue(cutValue)) === "operating system"
    )
      return single("operating system", cutValue, { cue: "change" });
    const named: Thing = thing.attribute.startsWith("pet:") ? { ...thing, cardinality: "single" } : thing;
    const ofSpeaker: Partial<Slot> =
      clause.subject === "noun" && /^(?:the|my|our|all) /u.test(object) ? { isSpeakers: true } : {};
    if (/^(?:role|employer)$/u.test(thing.attribute))
      return single(isOccupation(normalizeValue(cutValue)) ? "role" : "employer", cutValue, {
        cue: "change",
        ...ofSpeaker,
      });
    return (
      placedAt(clause, thing, cutValue, ofSpeaker) ??
      versioned(thingStatement(named, cutValue, { cue: "change", ...ofSpeaker }), thing)
    );
  }
  if (topic !== undefined) {
    const thing = thingOf(topic.phrase);
    if (
      thing === undefined ||
      (!thing.isKnown &&
        !topic.isOwned &&
        !(topic.isName && STATUS.test(value)) &&
        !isNumericValue(normalizeValue(cutValue)) &&
        !isTimeValue(cutValue))
    )
      return undefined;
    if (
      !topic.isOwned &&
      !thing.attribute.includes(":") &&
      STATUS.test(value) &&
      (topic.isName || /project/u.test(topic.phrase))
    )
      return statusOf(thing, STATUS.exec(value)?.[1] ?? "", false).map((slot) => ({ ...slot, cue: "change" }));
    return placedAt(clause, thing, cutValue, {}) ?? thingStatement(thing, cutValue, { cue: "change" });
  }
  if (/^(?:careers?|jobs?|roles?)$/u.test(object) && old !== undefined)
    return single(isOccupation(normalizeValue(cutValue)) ? "role" : "employer", cutValue, { cue: "change" });
  return toolChange(clause, old, cutValue);
}

/** "We switched to Postgres", "I upgraded to Node 22", "moved from Slack to Zulip". */
function toolChange(clause: Clause, old: string | undefined, value: string): Slot[] | undefined {
  if (!/^(?:switch|move|migrate|transition|convert|change|upgrade|downgrade|swap|shift|update|go)$/u.test(clause.verb))
    return undefined;
  const normal = normalizeValue(
    value.replace(/ (?:this|last|next) (?:week|month|year|quarter|morning|spring|summer|autumn|fall|winter)\b.*$/u, ""),
  ).replace(/^(?:using|eating|drinking|playing|wearing|taking|driving|writing in|working with) /u, "");
  const diet = dietValue(clause, normal, "change");
  if (diet !== undefined) return diet;
  const version = /^([a-z][a-z .+#-]*?) ?v?(\d[\w.]*)$/u.exec(normal);
  const kind = kindOf(normal);
  if (
    version?.[1] !== undefined &&
    version[2] !== undefined &&
    /^(?:upgrade|downgrade|update|migrate)$/u.test(clause.verb) &&
    kind !== "phone" &&
    kind !== "car"
  ) {
    return single(`version:${version[1]}`, version[2], { cue: "change" });
  }
  // A known old name alone does not tell: one may leave Spotify as a listener or as an employee.
  if (kind !== undefined) return single(kind, normal, { cue: "change" });
  if (isTimeValue(normal) || isNumericValue(normal) || isJudgement(normal) || normal.split(" ").length > 4)
    return undefined;
  if (clause.verb === "go" || clause.verb === "move") return undefined;
  if (clause.verb === "change" && old === undefined) return undefined;
  const slots = multiple("uses", normal, { cue: "change" });
  if (old !== undefined)
    slots.push(
      ...multiple("uses", old, {
        cue: "end",
        text: `{S} ${clause.tokens[clause.verbIndex]?.text ?? clause.verb} from ${oldText(clause, old)}`,
      }),
    );
  return slots;
}

/** The old value as it was written. */
function oldText(clause: Clause, old: string): string {
  const length = old.split(" ").length;
  for (let index = clause.restFrom; index < clause.end; index += 1) {
    if (lowerText(clause.tokens, index, index + length) === old)
      return clause.tokens
        .slice(index, index + length)
        .map((token) => token.text)
        .join(" ");
  }
  return old;
}

/** "made Friday the deadline", "set the budget at 500". */
function madeSo(clause: Clause, topic: Topic | undefined): Slot[] | undefined {
  const at = /^(?:(the|my|our) (.{2,30}?) )?(?:at|as|=) (.+)$/u.exec(clause.rest);
  const phrase = at?.[2] ?? topic?.phrase;
  if (at?.[3] !== undefined && phrase !== undefined && /^(?:set|fix|cap|reset|put)$/u.test(clause.verb)) {
    const thing = thingOf(phrase);
    if (thing !== undefined && isChangeValue(cutAtStops(clause, at[3]), thing))
      return thingStatement(thing, cutAtStops(clause, at[3]), {});
  }
  const made = /^(.{1,40}?) (?:my|our|the) (?:new )?([a-z ]{3,30})$/u.exec(clause.rest);
  if (clause.verb === "make" && made?.[1] !== undefined && made[2] !== undefined) {
    const thing = thingOf(made[2]);
    if (thing?.isKnown === true) return thingStatement(thing, made[1], { cue: "change", isSpeakers: true });
  }
  const kept = topic === undefined ? undefined : thingOf(topic.phrase);
  const on = /^(?:up |down |back |ahead |out )?(?:for|on|at) (.+)$/u.exec(clause.rest);
  if (
    kept !== undefined &&
    on?.[1] !== undefined &&
    /^(?:set|fix|reschedule|put|push|move|bring|schedule)$/u.test(clause.verb) &&
    isTimeValue(on[1])
  )
    return thingStatement(kept, cutAtStops(clause, on[1]), {});
  return undefined;
}

/** "replaced Jenkins with GitHub Actions", "Omar replaced Dana as my manager". */
function replaced(clause: Clause, topic: Topic | undefined): Slot[] | undefined {
  const by = clause.isPassive ? /^(?:by|with) (.+)$/u.exec(clause.rest) : null;
  if (by?.[1] !== undefined && topic !== undefined) return replacement(topic.phrase, normalizeValue(by[1]));
  const pair = /^(?:in )?(.{2,50}?) (?:with|by|for) (.{2,50})$/u.exec(clause.rest);
  // Vehicles are traded in.
  if (clause.verb === "trade" && clause.rest.startsWith("in ") && pair?.[2] !== undefined)
    return single("car", cutWords(pair[2]), { cue: "change" });
  if (pair?.[1] !== undefined && pair[2] !== undefined)
    return (
      ownReplaced(clause, pair[1], cutWords(pair[2])) ??
      replacement(pair[1], cutWords(pair[2]))?.flatMap((slot) =>
        slot.attribute === "uses" && isFirstPerson(clause) ? [slot, leftBehind(clause, pair[1] as string)] : [slot],
      )
    );
  const as = /^(.{2,40}?) as (?:my|our|the) (.{3,30})$/u.exec(clause.rest);
  if (as?.[2] !== undefined && clause.subject === "noun") {
    const thing = thingOf(as[2]);
    return thing === undefined
      ? undefined
      : single(thing.attribute, lowerText(clause.tokens, clause.subjectFrom, clause.subjectTo), {
          cue: "change",
          isSpeakers: true,
        });
  }
  return undefined;
}

/** "Swapped my inhaler for Fostair": what stands for a thing of one's own and has a name, is which one it is. */
function ownReplaced(clause: Clause, old: string, value: string): Slot[] | undefined {
  const own = /^(?:my|our) ([\p{L} -]{2,30})$/u.exec(old)?.[1];
  const thing = own === undefined ? undefined : thingOf(own);
  const at = clause.tokens.findIndex((token, index) => index > clause.verbIndex && token.lower === value.split(" ")[0]);
  if (thing === undefined || kindOf(value) !== undefined || !isCapitalized(clause.tokens[at])) return undefined;
  return single(thing.attribute, value, { cue: "change", ...(clause.subject === "noun" ? { isSpeakers: true } : {}) });
}

/** The old side of "swapped X for Y": what it was, the store may know. */
function leftBehind(clause: Clause, old: string): Slot {
  const verb = clause.tokens[clause.verbIndex]?.text ?? clause.verb;
  return {
    attribute: "uses",
    value: normalizeValue(old),
    cardinality: "multiple",
    cue: "end",
    text: `{S} ${verb} ${oldText(clause, old)}`,
  };
}

function cutWords(text: string): string {
  return normalizeValue(text.split(/ (?:because|since|so|and|last|this|as|in|on|yesterday|after) |,/u)[0] ?? "");
}

function replacement(oldPhrase: string, value: string): Slot[] | undefined {
  const old = normalizeValue(oldPhrase);
  const kind = kindOf(value) ?? kindOf(old);
  if (kind !== undefined) return single(kind, value, { cue: "change" });
  const thing = thingOf(old);
  if (thing !== undefined && (thing.isKnown || KIND_NAMES.has(thing.attribute)))
    return single(thing.attribute, value, { cue: "change" });
  return multiple("uses", value, { cue: "change" });
}

function takenOver(clause: Clause, topic: Topic | undefined): Slot[] | undefined {
  const as = /\bas (?:my|our|the) (?:new )?(.{3,40})$/u.exec(clause.rest);
  const thing = as?.[1] === undefined ? undefined : thingOf(as[1]);
  return thing === undefined || topic === undefined
    ? undefined
    : single(thing.attribute, topic.phrase, { cue: "change" });
}
