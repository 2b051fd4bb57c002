import { analyze } from "../text/analyze.ts";

/**
 * Which slots of a person a question asks for. "Where do I live?" shares no word with "moved to Paris", and "what
 * can I cook" none with "allergic to nuts"; the facts' slots do the bridging. In English, as the rules that fill
 * the slots mostly are; a question in other words loses nothing.
 */
export function askedSlots(query: string): readonly string[] {
  const found = new Set<string>();
  for (const [pattern, slots] of QUESTIONS) if (pattern.test(query)) for (const slot of slots) found.add(slot);
  return found.size === 0 ? NONE : [...found];
}

const NONE: readonly string[] = [];

const QUESTIONS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /\b(?:cook|bake|eat|eats|eating|recipes?|meals?|dinner|lunch|breakfast|brunch|snacks?|restaurants?|menu|food|dish(?:es)?|ingredients?|dietary|diet|allerg\w+|groceries)\b/iu,
    ["diet", "allergy", "intolerance", "dislikes_food"],
  ],
  [/\b(?:allerg\w+|intoleran\w+)\b/iu, ["allergy", "diet", "intolerance"]],
  [
    /\bwhere\b.*\b(?:lives?|living|lived|reside\w*|based|home)\b|\b(?:home ?town|home address|residence|which city|what city)\b/iu,
    ["residence", "hometown", "address"],
  ],
  [/\bwhere\b.*\b(?:from|grew up|grow up|born)\b/iu, ["hometown", "birthplace", "residence"]],
  [
    /^(?!.*\b(?:shifts?|hours|days)\b).*\b(?:where|who|what|which)\b.*\b(?:work(?:s|ing)?(?! (?:on|out|with|hours|days|shifts?|pattern))|employer|employed|company|profession|occupation|career|job|for a living)\b/iu,
    ["employer", "role"],
  ],
  [/\bhow old\b|\b(?:my|his|her|their|\p{L}+['’]s) age\b/iu, ["age", "birthday"]],
  [/\b(?:birthday|date of birth|when .* born)\b/iu, ["birthday", "birth_date"]],
  [
    /\b(?:married|single|relationship|girlfriend|boyfriend|husband|wife|spouse|partner|dating)\b/iu,
    ["relationship_status"],
  ],
  [/\b(?:what|which)\b.*\b(?:school|university|college)\b/iu, ["school", "studies", "graduated"]],
  [/\bwhat\b.*\b(?:stud(?:y|ies|ying)|major|degree)\b/iu, ["studies", "graduated", "school"]],
  [/\b(?:what|which)\b.*\blearn(?:s|ing)?\b/iu, ["learning", "studies"]],
  [/\b(?:what|which) (?:car|vehicle)\b|\bdrives?\b/iu, ["car"]],
  [/\b(?:medications?|medicines?|pills?|prescri\w+)\b/iu, ["medication"]],
  [/\bwho\b.*\b(?:boss|manager|supervisor)\b/iu, ["manager"]],
  [/\b(?:what|which) (?:book|books)\b.*\breading\b/iu, ["reading"]],
  [/\b(?:what|which) (?:show|series|movie|shows)\b.*\bwatching\b/iu, ["watching"]],
  [/\bwhat(?:['’]s| is| are| should).*\b(?:name|call me|called)\b/iu, ["name", "nickname"]],
  [/\b(?:phone|telephone|mobile) number\b/iu, ["phone"]],
  [/\b(?:which|what) languages?\b/iu, ["language"]],
  [
    /\b(?:working|work|office) (?:hours|days|pattern)\b|\bshifts?\b|\bhours\b.*\bwork\b/iu,
    ["shift", "work hours", "schedule:shift"],
  ],
  [/\bwho\b.*\b(?:report(?:s|ing)? to|managed? (?:me|by)|in charge of me)\b/iu, ["manager"]],
  [/\bbank(?:s|ing)? with\b|\b(?:which|what) bank\b/iu, ["bank"]],
  [/\b(?:which|what) (?:\p{L}+ )?(?:phone|mobile|handset)\b/iu, ["phone"]],
  [/\b(?:operating system|os)\b/iu, ["operating system"]],
  [/\b(?:rent|renting) from\b|\bwho\b.*\bowns? (?:my|our) (?:flat|house|apartment|home)\b/iu, ["landlord"]],
  [/\btime ?zone\b/iu, ["timezone"]],
  [/\bhow (?:much|heavy)\b.*\bweigh(?:s|ing)?\b|\bhow heavy\b/iu, ["weight"]],
  [/\bhow tall\b/iu, ["height"]],
];

const ASKED_FIRST =
  /^(?:(?:so|and|hey|at|in|on|for|to|remind me|tell me),? )*(?:what|which|whose) ((?:[\p{L}\p{N}-]+ ){1,3}?)(?:is|are|am|do|does|should|will|can|have|has)\b/iu;
const ASKED_LAST =
  /(?:\b(?:my|our|your|his|her|their|the)|['’]s) ((?:[\p{L}\p{N}-]+ ?){1,3}?)(?: (?:now|these days|at the moment|currently|called))?[?.! ]*$/iu;
const SAYS_NO_MORE = /\b(?:current|new|latest|number|title|name|address|kind|type|of)\b/giu;

/** The things that a question asks for by name: "phone" of "Which phone do I have?", "weight" of "What is my weight?". */
export function askedThings(query: string): readonly string[] {
  return [ASKED_FIRST, ASKED_LAST].flatMap((pattern) => {
    const things = pattern.exec(query.trim())?.[1];
    const words = things === undefined ? [] : analyze(things.replaceAll(SAYS_NO_MORE, " "));
    return words.length === 0 ? [] : [words.toSorted().join(" ")];
  });
}

const namesOfAttributes = new Map<string, string>();
const MOST_REMEMBERED = 5000;

/** A slot goes by one of the names. */
export function isAskedThing(attribute: string, things: readonly string[]): boolean {
  if (things.length === 0 || attribute.includes(":")) return false;
  let name = namesOfAttributes.get(attribute);
  if (name === undefined) {
    if (namesOfAttributes.size >= MOST_REMEMBERED) namesOfAttributes.clear();
    name = [...new Set(analyze(attribute.replaceAll("_", " ")))].toSorted().join(" ");
    namesOfAttributes.set(attribute, name);
  }
  return name !== "" && things.includes(name);
}
