import { kindOf, KIND_NAMES } from "./kinds.ts";
import type { Clause } from "./parse-clause.ts";
import { isOccupation } from "./occupations.ts";
import { dietValue } from "./slots-preference.ts";
import { multiple, single, type Slot } from "./slot.ts";
import { EVENTS, thingOf, type Thing } from "./things.ts";
import { isCapitalized, lowerText } from "./tokens.ts";
import { isJudgement, isNumericValue, isTimeValue, normalizeValue, phraseEnd } from "./values.ts";
import { ASSOCIATES, PHRASE_STOPS, wordSet } from "./words.ts";

/** A thing that a clause is about: the phrase that names it and how it was introduced. */
export interface Topic {
  readonly phrase: string;
  readonly isOwned: boolean;
  /** A proper name: "Apollo is on hold". */
  readonly isName: boolean;
}

const VALUE_STOPS: ReadonlySet<string> = new Set(
  [...PHRASE_STOPS]
    .filter(
      (word) =>
        !/^(?:at|on|in|next|last|this|to|from|of|tomorrow|today|tonight|by|with|for|every|per|-|->|my|our)$/u.test(
          word,
        ),
    )
    .concat("starting", "effective", "due", "thanks", "because", "so", "(", "instead"),
);

const STATUS =
  /^(?:(?:now|finally|officially|already|currently|still|back|almost|all|been|fully|completely|temporarily|put) )*(done|finished|completed?|cancell?ed|on hold|on track|on pause|paused|in progress|under way|underway|blocked|live|launched|delayed|approved|rejected|merged|deployed|released|shipped|open|closed|pending|archived|deprecated|under review|in review|in production|in beta|in testing|in planning|in development|in design|in staging|in limbo|planned|over|postponed|overdue|stalled|abandoned|called off|scrapped|dropped|down|up and running|broken|fixed|resolved|online|offline|behind schedule|ahead of schedule|ready|active|inactive|discontinued|shut down|submitted|published|halted|frozen|signed|sold|unblocked)\b(?! (?:to|until|till|for|by|from|on|at|with|in) .*\d)/u;

/** A value for a thing, in the form that the thing's values have. */
export function thingStatement(thing: Thing, text: string, extra: Partial<Slot>): Slot[] | undefined {
  let value = normalizeValue(text);
  if (thing.attribute.startsWith("status:")) {
    const status = STATUS.exec(text.trim());
    if (status?.[1] !== undefined) value = statusWord(status[1]);
  }
  if (thing.attribute.startsWith("schedule:") || thing.attribute.startsWith("deadline")) {
    value = value.replace(
      /^(?:(?:scheduled|set|planned|due|booked|moved|for|on|at|by|held|taking place|happening|starting|back|up|it|to|the) )+/u,
      "",
    );
    if (!isTimeValue(value)) return undefined;
  } else if (/^(?:phone|port|version)/u.test(thing.attribute)) {
    value = value.replace(/^(?:number|port|version|v(?=\d)) ?/u, "");
  } else if (/^(?:url|host|domain|endpoint)(?::|$)/u.test(thing.attribute)) {
    return single(urlSlot(thing.attribute), value, extra);
  } else if (thing.attribute === "number" && /^[+(]?\d[\d ()./-]{5,}$/u.test(value)) {
    return single("phone", value, extra);
  }
  const words = value.split(" ");
  if (value === "" || words.length > 12 || isJudgement(value)) return undefined;
  if (thing.cardinality === "multiple") return multiple(thing.attribute, value, extra);
  return single(thing.attribute, value, extra);
}

/** "My rent is 900", "the API port is now 8080", "Apollo is on hold". */
export function thingIs(clause: Clause, named: Topic): Slot[] | undefined {
  const topic = {
    ...named,
    isOwned: named.isOwned || / (?:i|we) (?:drive|own|have|use|ride|like best)$/u.test(named.phrase),
  };
  const thing = thingOf(topic.phrase);
  if (thing === undefined || clause.modality === "would" || clause.modality === "might" || clause.modality === "should")
    return undefined;
  const isPast = clause.modality === "used" || (clause.isPast && !clause.isPassive);
  const status = STATUS.exec(clause.rest);
  if (
    status?.[1] !== undefined &&
    clause.isNegated &&
    /\b(?:no longer|any ?more)\b/u.test(clause.lower) &&
    (thing.isKnown || topic.isOwned || topic.isName)
  )
    return statusOf(thing, status[1], false).map((slot) => ({ ...slot, cue: "end" as const }));
  if (status?.[1] !== undefined && !clause.isNegated && (thing.isKnown || topic.isOwned || topic.isName))
    return statusOf(thing, status[1], isPast);
  const butAt = clause.isNegated ? /\b(?:but|it's|it is)(?: rather| now| instead)? (.+)$/u.exec(clause.rest) : null;
  if (butAt?.[1] !== undefined) return thingStatement(thing, butAt[1], { cue: "change" });
  const end = phraseEnd(clause.tokens, clause.restFrom, clause.end, VALUE_STOPS);
  const text = lowerText(clause.tokens, clause.restFrom, end);
  const due = /^(?:now )?due (?:on |by |at )?(.+)$/u.exec(clause.rest);
  if (due?.[1] !== undefined && isTimeValue(due[1])) {
    const deadline =
      thing.attribute.startsWith("deadline") || thing.attribute.startsWith("price")
        ? thing.attribute
        : `deadline:${thing.attribute.replace(/^schedule:/u, "")}`;
    return single(deadline, due[1]);
  }
  const value = normalizeValue(text);
  const host =
    /^(?:now |hosted |running |reachable |available )*(?:at|on) ((?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/\S*)?|\d+(?:\.\d+){3}(?::\d+)?)/u.exec(
      clause.rest,
    );
  if (host?.[1] !== undefined && !thing.attribute.startsWith("schedule:"))
    return single(urlSlot(thing.attribute), host[1], { isPast });
  const port = /^(?:now |running |listening )*(?:at|on) port (\d{2,5})/u.exec(clause.rest);
  if (port?.[1] !== undefined)
    return single(`port:${thing.attribute.replace(/^(?:schedule|status):/u, "")}`, port[1], { isPast });
  const place = /^(?:now |still |just |back )*(?:in|at|near|with|on) (.+)$/u.exec(clause.rest);
  if (
    place?.[1] !== undefined &&
    /^(?:residence|employer|school|location|venue|timezone)(?::|$)/u.test(thing.attribute) &&
    topic.isOwned
  )
    return thingStatement(thing, cutAtStops(clause, place[1]), { isPast });
  if (!isAcceptable(clause, topic, thing, value)) return undefined;
  return thingStatement(thing, text, { isPast });
}

/** The staging server's address and "the staging URL" are one slot. */
export function urlSlot(attribute: string): string {
  const base = attribute
    .replace(/^(?:url|host|endpoint|domain|location|address):?/u, "")
    .replace(/ ?\b(?:server|environment|site|website|host|url|instance)\b/gu, "")
    .trim();
  return base === "" ? "url" : `url:${base}`;
}

function isAcceptable(clause: Clause, topic: Topic, thing: Thing, value: string): boolean {
  if (value === "" || /^(?:not|no|n't)\b/u.test(value) || /^(?:so|very|too|really|such)\b/u.test(clause.rest))
    return false;
  if (isNumericValue(value) || isTimeValue(value) || kindOf(value) !== undefined)
    return topic.isOwned || thing.isKnown || topic.isName || value.length < 20;
  if (topic.isName) return false;
  const first = clause.tokens[clause.restFrom];
  // A person is named, not described: "the neighbours are drilling" fills no slot.
  if (isRelation(thing.attribute)) return isCapitalized(first) || /^(?:called|named|an? \p{Lu})/u.test(value);
  if (isCapitalized(first) || /^(?:called|named|@|https?:)/u.test(value)) return topic.isOwned || thing.isKnown;
  if (/^(?:that|to|because|for|from|with|by|when|if|in|on|at|about|as)\b/u.test(clause.rest)) return false;
  // "The build is green" is a passing state, "the theme is dark" may be one, "our theme is dark" is not.
  if (!topic.isOwned && !thing.attribute.includes(":") && !value.includes(" ")) return false;
  return (
    (topic.isOwned || thing.isKnown) && value.split(" ").length <= 5 && !isJudgement(value) && !EVENTS.has(topic.phrase)
  );
}

function isRelation(attribute: string): boolean {
  return /^(?:family|pet):/u.test(attribute) || RELATIONS.has(attribute);
}

const RELATIONS: ReadonlySet<string> = new Set(ASSOCIATES.values());

function statusOf(thing: Thing, word: string, isPast: boolean): Slot[] {
  const status = statusWord(word);
  if (thing.attribute.startsWith("schedule:") && status === "cancelled")
    return single(thing.attribute, status, { cue: "end" });
  return [
    {
      attribute: `status:${thing.attribute.replace(/^(?:schedule|status|deadline):/u, "")}`,
      value: status,
      cardinality: "single",
      isPast,
    },
  ];
}

function statusWord(word: string): string {
  return word
    .replace("canceled", "cancelled")
    .replace("called off", "cancelled")
    .replace(/^(?:done|finished|complete|completed)$/u, "done")
    .replace("on pause", "paused")
    .replace("underway", "in progress")
    .replace("under way", "in progress")
    .replace(/^(?:launched|in production|up and running)$/u, "live")
    .replace("in review", "under review")
    .replace(/^(?:in|on) /u, "");
}

const CHANGES = wordSet(
  "change move switch update raise increase lower decrease reduce cut bump upgrade downgrade set reset rename push postpone reschedule shift extend drop go rise fall grow shrink jump slip migrate transition convert adjust revise delay defer bring climb expand swap lift put fix roll transfer relocate cap trim defer make modify correct hike drop double pull advance",
);
const STATES = wordSet(
  "cost run listen start begin take happen occur expire stand sit land launch end finish close open leave depart arrive meet total amount equal remain reach hit become weigh last measure ship release hold schedule book plan fall host deploy live belong work stay locate base call name",
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
  const object = (groups?.["object"] ?? "").replace(/^(?:up|down|over) /u, "");
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
    const ofSpeaker: Partial<Slot> =
      clause.subject === "noun" && /^(?:the|my|our|all) /u.test(object) ? { isSpeakers: true } : {};
    if (/^(?:role|employer)$/u.test(thing.attribute))
      return single(isOccupation(normalizeValue(cutValue)) ? "role" : "employer", cutValue, {
        cue: "change",
        ...ofSpeaker,
      });
    return versioned(thingStatement(thing, cutValue, { cue: "change", ...ofSpeaker }), thing);
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
    return thingStatement(thing, cutValue, { cue: "change" });
  }
  if (/^(?:careers?|jobs?|roles?)$/u.test(object) && old !== undefined)
    return single(isOccupation(normalizeValue(cutValue)) ? "role" : "employer", cutValue, { cue: "change" });
  return toolChange(clause, old, cutValue);
}

function versioned(slots: Slot[] | undefined, thing: Thing): Slot[] | undefined {
  // "upgraded Node to 22" is about the version of Node.
  return slots?.map((slot) =>
    kindOf(thing.attribute) !== undefined && /^v?\d/u.test(slot.value)
      ? { ...slot, attribute: `version:${thing.attribute}`, value: slot.value.replace(/^v/u, "") }
      : slot,
  );
}

function isChangeValue(text: string, thing: Thing): boolean {
  const value = normalizeValue(text);
  if (isNumericValue(value) || isTimeValue(value)) return true;
  return thing.isKnown
    ? !isJudgement(value) && value.split(" ").length <= 6
    : kindOf(value) !== undefined || KIND_NAMES.has(thing.attribute) || value.split(" ").length <= 3;
}

function cutAtStops(clause: Clause, value: string): string {
  const from = clause.rest.length - value.length;
  let length = 0;
  let index = clause.restFrom;
  const base = clause.tokens[clause.restFrom]?.start ?? 0;
  while (index < clause.end && length < from) {
    const next = clause.tokens[index + 1];
    const token = clause.tokens[index];
    if (token === undefined) break;
    length += token.lower.length + (next !== undefined && next.start > token.end ? 1 : 0);
    index += 1;
  }
  return base < 0 ? value : lowerText(clause.tokens, index, phraseEnd(clause.tokens, index, clause.end, VALUE_STOPS));
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
    if (thing?.isKnown === true) return thingStatement(thing, made[1], { cue: "change" });
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
  if (pair?.[1] !== undefined && pair[2] !== undefined) return replacement(pair[1], cutWords(pair[2]));
  const as = /^(.{2,40}?) as (?:my|our|the) (.{3,30})$/u.exec(clause.rest);
  if (as?.[2] !== undefined && clause.subject === "noun") {
    const thing = thingOf(as[2]);
    return thing === undefined
      ? undefined
      : single(thing.attribute, lowerText(clause.tokens, clause.subjectFrom, clause.subjectTo), { cue: "change" });
  }
  return undefined;
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

/** "The meeting starts at 3", "the server listens on 8080", "the flat costs 900", "the package expires in May". */
export function stateStatement(clause: Clause, topic: Topic): Slot[] | undefined {
  if (
    !STATES.has(clause.verb) ||
    clause.modality === "would" ||
    clause.modality === "might" ||
    clause.modality === "should"
  )
    return undefined;
  if (clause.isPast && !clause.isPassive && clause.verb !== "land") return undefined;
  const thing = thingOf(topic.phrase);
  if (thing === undefined) return undefined;
  const base = thing.attribute.replace(/^(?:schedule|price|status):/u, "");
  const end = phraseEnd(clause.tokens, clause.restFrom, clause.end, VALUE_STOPS);
  const value = normalizeValue(lowerText(clause.tokens, clause.restFrom, end));
  switch (clause.verb) {
    case "cost":
      return isNumericValue(value)
        ? single(thing.attribute.startsWith("price") ? thing.attribute : `price:${base}`, value)
        : undefined;
    case "run":
    case "listen": {
      const port = /^(?:on )?(?:port )?(\d{2,5})\b/u.exec(value);
      if (port?.[1] !== undefined) return single(`port:${base}`, port[1]);
      const kind = kindOf(value.replace(/^on /u, ""));
      const isMachine = kind === "operating system" && /^(?:laptop|computer|machine|pc|desktop)$/u.test(base);
      return kind === undefined ? undefined : single(isMachine ? kind : `${kind}:${base}`, value.replace(/^on /u, ""));
    }
    case "host":
    case "deploy":
    case "locate":
    case "live": {
      const where = /^(?:on|at|in|to|with) (.+)$/u.exec(clause.rest);
      return where?.[1] === undefined || isTimeValue(where[1])
        ? undefined
        : single(kindOf(where[1]) === "cloud" ? "cloud" : `location:${base}`, where[1]);
    }
    case "weigh":
    case "total":
    case "amount":
    case "equal":
    case "stand":
    case "sit":
    case "reach":
    case "hit":
    case "remain":
    case "stay": {
      const amount = value.replace(/^(?:to|at|up) /u, "");
      return isNumericValue(amount) || clause.verb === "remain" ? thingStatement(thing, amount, {}) : undefined;
    }
    case "name":
    case "call":
      return clause.isPassive
        ? thingStatement(
            thing.attribute.includes(":") || !thing.isKnown ? thing : { ...thing, attribute: `name:${base}` },
            value,
            {},
          )
        : undefined;
    case "become":
      return thingStatement(thing, value, { cue: "change" });
    case "expire":
    case "end":
    case "finish":
    case "close":
      return isTimeValue(value) ? single(`end:${base}`, value.replace(/^(?:on|at|in|by) /u, "")) : undefined;
    default:
      return scheduled(clause, thing, base, value);
  }
}

function scheduled(clause: Clause, thing: Thing, base: string, value: string): Slot[] | undefined {
  const time = value.replace(/^(?:place|out) /u, "").replace(/^(?:(?:on|at|in|for|by|from|to) )+/u, "");
  if (!isTimeValue(time) || /^(?:hours?|minutes?|\d+ (?:hours?|minutes?|days?|weeks?))\b/u.test(time)) return undefined;
  if (thing.attribute.startsWith("deadline")) return single(thing.attribute, time);
  const event =
    clause.verb === "leave" || clause.verb === "depart" || thing.attribute.startsWith("schedule:")
      ? thing.attribute
      : `schedule:${base}`;
  return single(event.startsWith("schedule:") ? event : `schedule:${base}`, time);
}

/** "Omar is my new manager", "8080 is the API port": the value stands first. */
export function inverseIs(clause: Clause): Slot[] | undefined {
  const match = /^(?:now |going to be |officially )?(?:my|our|the) (.+)$/u.exec(clause.rest);
  const first = clause.tokens[clause.subjectFrom];
  if (match?.[1] === undefined || first === undefined || clause.isNegated) return undefined;
  const subject = lowerText(clause.tokens, clause.subjectFrom, clause.subjectTo);
  if (
    /^(?:my|our|the|this|that|his|her|their|it|he|she|they|might|may|could|would|must|should|will|maybe)\b/u.test(
      subject,
    ) ||
    !(
      isCapitalized(first) ||
      isNumericValue(subject) ||
      kindOf(subject) !== undefined ||
      (/^(?:now )?(?:my|our) .*(?:favou?rite|new)\b/u.test(clause.rest) && subject.split(" ").length <= 4)
    )
  )
    return undefined;
  const end = phraseEnd(clause.tokens, clause.restFrom + 1, clause.end, INVERSE_STOPS);
  const phrase = lowerText(clause.tokens, clause.restFrom, end).replace(/^now /u, "");
  const thing = thingOf(phrase);
  if (
    thing === undefined ||
    (!thing.isKnown && !/\bfavou?rite|new\b/u.test(phrase) && !KIND_NAMES.has(thing.attribute))
  )
    return undefined;
  const isNew = /\bnew\b/u.test(phrase);
  const slot = thing.cardinality === "multiple" ? multiple(thing.attribute, subject) : single(thing.attribute, subject);
  return slot.map((entry) => ({ ...entry, isSpeakers: true, ...(isNew ? { cue: "change" as const } : {}) }));
}

const INVERSE_STOPS = new Set([...PHRASE_STOPS].filter((word) => word !== "for"));

/** "New number: 555-1234", "Deadline: Friday", "port = 9090": a label and its value. */
export function labelled(text: string): Slot[] | undefined {
  const match =
    /^(?:(?:i|we)(?:'ve| have)?(?: just)?(?: got| have)? an? |(?:here(?:'s| is) )?(?:my|our|the) |)((?:new |updated |current )?[a-z][a-z -]{2,35}?)\s?(?::|=|->|=>)\s?(.{1,60}?)[.!]*$/iu.exec(
      text,
    );
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const thing = thingOf(match[1]);
  if (thing?.isKnown !== true) return undefined;
  const value = match[2].toLowerCase();
  if (/^(?:the|a|an|to|how|what|is|if)\b/u.test(value) || value.split(" ").length > 6) return undefined;
  return thingStatement(thing, value, /\b(?:new|updated)\b/iu.test(match[1]) ? { cue: "change" } : {});
}

/** "I finished the report", "we shipped the beta", "I cancelled the gym membership". */
export function taskStatement(clause: Clause): Slot[] | undefined {
  const status = TASK_STATUS[clause.verb];
  const isDone = clause.isPast || clause.isPerfect;
  if (status === undefined || !isDone || clause.isNegated) return undefined;
  const match =
    /^(?:up )?(?:with )?(?:the|my|our|that) (.{3,40}?)(?= (?:yesterday|today|last|this|on|in|for|with|at|and|after|because|two|three|a|to|from|by)\b|,|$)/u.exec(
      clause.rest,
    );
  const thing = match?.[1] === undefined ? undefined : thingOf(match[1]);
  if (thing === undefined) return undefined;
  if (status === "cancelled" && thing.attribute.startsWith("schedule:"))
    return single(thing.attribute, status, { cue: "end" });
  return single(`status:${thing.attribute.replace(/^(?:schedule|status|deadline|price):/u, "")}`, status, {
    cue: status === "cancelled" ? "end" : "none",
  });
}

const TASK_STATUS: Readonly<Record<string, string>> = {
  finish: "done",
  complete: "done",
  ship: "live",
  launch: "live",
  submit: "submitted",
  merge: "merged",
  cancel: "cancelled",
  pause: "paused",
  scrap: "cancelled",
  abandon: "abandoned",
  deploy: "live",
  release: "live",
  publish: "published",
  resolve: "resolved",
  archive: "archived",
  shelve: "on hold",
  postpone: "postponed",
};
