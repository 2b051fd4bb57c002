import { kindOf } from "./kinds.ts";
import { single, multiple, type Slot } from "./slot.ts";
import { normalizeValue } from "./values.ts";
import { thingOf } from "./things.ts";
import { readVerb } from "./verbs.ts";
import { wordSet } from "./words.ts";

export interface Instruction {
  /** What follows the speaker's label: "asks to always answer in French". */
  readonly text: string;
  readonly slot?: Slot;
  readonly confidence: number;
}

const LEAD =
  /^(?:(?:and|also|but|so|ok|okay|hey|hi|well|oh|one more thing|please|pls|kindly|just|remember|reminder|note|important|from now on|from here on(?: out)?|going forward|in (?:the )?future|for future reference|by default|as a rule|in general|generally|for (?:all|any|every) (?:future |new |my |our )?[\p{L} ]{3,30}|in (?:all|every|our|my|this) [\p{L} ]{3,30}|whenever [^,]{3,80}|when(?:ever)? (?:you|i|we|answering|writing|replying|coding|generating|explaining|reviewing)[^,]{0,80}|every time [^,]{3,80}|each time [^,]{3,80}|if (?:i|you|we|it|there|the|a|an|something) [^,]{3,80})(?:[,:!.]| -|(?=\s))(?: that| to)?\s*)+/u;
const WISH =
  /^(?:i(?:'d| would)? (?:really )?(?:want|like|love|need|expect|prefer) (?:for )?(?:you|it|that you|if you|your (?:answers|replies|responses|explanations|code)) ?(?:to )?|you (?:should|must|have to|need to|are to|can|may|shall)|(?:can|could|would|will) you(?: please)?|make sure(?: that)?(?: you| to)?|be sure to|ensure(?: that)?(?: you)?|try to|remember to|don't forget to|i(?:'d| would)? (?:prefer|appreciate it) if you(?: could| would)?) /u;
const STANDING =
  /\b(?:always|never|from now on|going forward|in (?:the )?future|whenever|every time|each time|by default|from here on|as a rule|at all times|under no circumstances|ever again|no matter what|every (?:answer|reply|response|message|commit|file|function|test)|all (?:your |my |our |future |new )?(?:answers|replies|responses|messages|commits|files|functions|tests|code|emails|variables))\b/u;
const STYLE =
  /\b(?:short|shorter|brief|briefly|concise|concisely|succinct|detailed|verbose|bullet(?: points?|s)?|emojis?|formal|formally|informal|casual|polite|simple|plain|jargon|markdown|tables?|headings?|english|german|french|spanish|italian|portuguese|dutch|japanese|chinese|russian|arabic|polish|korean|language|metric|imperial|celsius|fahrenheit|kilomet(?:er|re)s|semicolons?|tabs|spaces|indentation|quotes|camelcase|snake_case|comments|docstrings|type hints|types|sentences?|paragraphs?|words|lines|tone|direct|honest|code|examples?|sources?|citations?|disclaimers?|apolog\w+|explanations?|answers?|responses?|replies|messages?|first name|pronouns|steps?|step by step|24[- ]hour|date format|british|american|lower ?case|upper ?case|exclamation marks?|em[- ]dash(?:es)?|default exports?|var|any|console\.log|lodash|jquery|functional|async|promises|tests?|commit messages?|conventional commits)\b/u;
const ACTS = wordSet(
  "answer respond reply write speak talk keep be format use avoid stop skip include give make put add explain call address refer start end begin finish prefer mention show provide cite translate summarize sign limit wrap run commit push ask check remind send treat assume follow stick leave omit drop quote number name round convert lint test review document log spell phrase structure present list default return switch suggest recommend propose create tell touch modify edit delete deploy merge install import disable change ping notify book schedule share generate refactor hardcode bring type print output split sort indent apologize repeat cc bcc greet confirm double-check verify",
);
const SINGLE_TASK =
  /\b(?:this|that|these|those|the following|below|above|attached|it|here|today|tonight|right now|for now|this time|again|a (?:function|script|poem|story|summary|list|table|plan|letter|email|essay|report|recipe|joke|test|query|class|component|reminder))\b/u;

/** A standing wish about how the assistant is to behave; a task for now is none. `lower` has its straight apostrophes. */
export function readInstruction(text: string, lower: string): Instruction | undefined {
  if (text.length > 400 || /^never ?mind\b/u.test(lower)) return undefined;
  const called = nameWish(text, lower);
  if (called !== undefined) return called;
  const lead = LEAD.exec(lower)?.[0].length ?? 0;
  let at = lead;
  const wish = WISH.exec(lower.slice(at));
  if (wish !== null) at += wish[0].length;
  const body = lower.slice(at).replace(/[\s.!?]+$/u, "");
  const bodyText = text.slice(at).replace(/[\s.!?]+$/u, "");
  const isQuestion = lower.endsWith("?");
  const isStanding = STANDING.test(lower);
  if (isQuestion && !(wish !== null && /^(?:can|could|would|will) you/u.test(wish[0]) && isStanding)) return undefined;
  const condition = conditionOf(text.slice(0, lead));

  const rule =
    /^(?:please )?(?:you (?:should|must) )?(always|never|do not ever|don't ever|do not|don't|dont|not|no longer|stop|avoid|please)?\s?(.+)$/u.exec(
      body,
    );
  if (rule?.[2] === undefined) return undefined;
  const word = rule[1] ?? "";
  const rest = rule[2];
  const restText = bodyText.slice(bodyText.length - rest.length);
  const verb = /^[\p{L}-]+/u.exec(rest)?.[0] ?? "";
  const isVerb =
    ACTS.has(verb) ||
    (readVerb(verb)?.form === "base" && (word === "always" || word === "never" || word.endsWith("ever")));
  const noThing = /^no (?:more )?([\p{L}][^,.]{2,60}?)(?: please| in .+)?$/u.exec(body);
  if (
    noThing !== null &&
    STYLE.test(body) &&
    body.split(" ").length <= 8 &&
    !/\bno (?:more )?(?:time|need|idea|problem|way|one|worries)\b/u.test(body)
  ) {
    return done(`asks for ${bodyText.replace(/,? please$/iu, "")}`, body, condition, 0.85);
  }
  if (word === "always" || word === "never" || word === "do not ever" || word === "don't ever") {
    if (!isVerb) return undefined;
    const adverb = word === "always" ? "always" : "never";
    return done(`${wish === null ? "asks" : "wants the assistant"} to ${adverb} ${restText}`, rest, condition, 0.95);
  }
  if (word === "stop" || word === "avoid" || word === "do not" || word === "don't" || word === "dont") {
    const act = word === "stop" || word === "avoid" ? word : verb;
    if (word !== "stop" && word !== "avoid" && !ACTS.has(verb)) return undefined;
    const isPlain = SINGLE_TASK.test(rest) && !isStanding;
    if (isPlain || /^(?:worry|be (?:sorry|afraid|shy)|forget|know|think|mind|care|get|have|want|like)\b/u.test(rest))
      return undefined;
    if (
      !isStanding &&
      !STYLE.test(rest) &&
      !/^(?:commit|push|touch|deploy|merge|edit|modify|use|add|install|import|mention|suggest|recommend|call|share|send|book|schedule|hardcode|delete)\b/u.test(
        rest,
      )
    )
      return undefined;
    // "Stop answering in German, always answer in French": what is to be done instead counts.
    const instead =
      /, (?:and |but )?(?:always |please |just |rather )*((?:answer|reply|respond|write|speak|talk|use) .+)$/u.exec(
        rest,
      )?.[1];
    if (act === "stop" || act === "avoid")
      return done(`asks to ${act} ${restText}`, instead ?? rest, condition, 0.9, undefined, instead !== undefined);
    return done(`asks not to ${restText}`, rest, condition, 0.9);
  }
  if (!isVerb) return undefined;
  const instead = /^use (?:the )?(.{1,40}?)(?: instead of |, not | not | rather than | over )(.{1,40})$/u.exec(rest);
  if (instead?.[1] !== undefined && !SINGLE_TASK.test(rest))
    return done(`asks to ${restText}`, rest, condition, 0.9, toolSlot(instead[1], instead[2]));
  const as = /^use (.{1,40}?) as (?:my|our) ([a-z ]{3,30}?)(?: from now on| now| please)*$/u.exec(rest);
  const thing = as?.[2] === undefined ? undefined : thingOf(as[2]);
  if (as?.[1] !== undefined && thing?.isKnown === true)
    return done(`asks to ${restText}`, rest, condition, 0.9, single(thing.attribute, as[1])[0]);
  const prefer = /^prefer (.{2,60}?)(?: (?:over|to|instead of|rather than) (.{2,40}))?$/u.exec(rest);
  if (prefer?.[1] !== undefined)
    return done(`asks to ${restText}`, rest, condition, 0.9, toolSlot(prefer[1], prefer[2]));
  const isManner =
    /^(?:answer|respond|reply|write|speak|talk|keep|be|format|use|explain|start|end|begin|sign|limit|give|stick|leave|address|show|provide|include|put|make|default|follow|round|wrap|switch|indent|name|add)\b/u.test(
      rest,
    ) && STYLE.test(rest);
  if (isStanding) return done(`${wish === null ? "asks" : "wants the assistant"} to ${restText}`, rest, condition, 0.9);
  if (!isManner || SINGLE_TASK.test(rest) || body.split(" ").length > 16) return undefined;
  if (wish !== null && /^(?:can|could|would|will) you/u.test(wish[0])) return undefined;
  // "Write a short poem in French" is a task; "keep answers short", "use metric units" are not.
  if (
    /^(?:write|give|make|show|provide|include|add|put|explain|name|start|end|begin) (?:me |us )?(?:a|an|the|some|my|two|three|\d+) /u.test(
      rest,
    )
  )
    return undefined;
  if (
    /^use (?:the|a|an|my) \w+ (?:to|for|and) /u.test(rest) ||
    /^(?:explain|write|give|show|provide|include|add) (?!answers?|replies|responses|explanations?|code|in |as |with |short|your|only|type|all)/u.test(
      rest,
    )
  )
    return undefined;
  return done(`asks to ${restText}`, rest, condition, 0.8);
}

function conditionOf(lead: string): string {
  const match =
    /(?:when(?:ever)?|every time|each time|if|for (?:all|any|every)|in (?:all|every|our|my|this)) [^,:.!]{3,80}/iu.exec(
      lead,
    );
  return match === null ? "" : ` ${(match[0][0] as string).toLowerCase()}${match[0].slice(1)}`;
}

function done(
  words: string,
  rest: string,
  condition: string,
  confidence: number,
  slot?: Slot,
  isChange = false,
): Instruction {
  // The verb of a command stands in front with a capital.
  const text = words.replace(
    /^((?:asks|wants the assistant)(?: not)? (?:to|for) (?:always |never )?)(\p{Lu})(?=\p{Ll})/u,
    (_, lead: string, letter: string) => lead + letter.toLowerCase(),
  );
  const style = slot ?? styleSlot(rest);
  const own = style !== undefined && isChange ? { ...style, cue: "change" as const } : style;
  const full = `${text}${condition.toLowerCase() === "" || text.toLowerCase().includes(condition.trim().toLowerCase()) ? "" : `,${condition}`}`;
  return own === undefined ? { text: full, confidence } : { text: full, confidence, slot: own };
}

function toolSlot(value: string, other: string | undefined): Slot | undefined {
  const normal = normalizeValue(value.replace(/^(?:using|to use) /u, ""));
  const kind = kindOf(normal) ?? (other === undefined ? undefined : kindOf(normalizeValue(other)));
  return kind === undefined ? multiple("prefers", normal)[0] : single(kind, normal)[0];
}

const LANGUAGE =
  /\b(?:in|to) (english|german|french|spanish|italian|portuguese|dutch|japanese|chinese|russian|arabic|polish|korean|swedish|turkish|hindi|greek|czech|ukrainian)\b/u;

function styleSlot(rest: string): Slot | undefined {
  const language = LANGUAGE.exec(rest)?.[1];
  if (
    language !== undefined &&
    /^(?:always |please )?(?:answer|respond|reply|write|speak|talk|switch|communicate|explain)\b/u.test(rest)
  )
    return single("language", language)[0];
  const length = /\b(short|brief|concise|detailed|succinct|verbose|long)\b/u.exec(rest)?.[1];
  if (length !== undefined && /\b(?:answers?|responses?|replies|be|explanations?|it|messages?)\b/u.test(rest))
    return single(
      "answer length",
      length.replace(/brief|concise|succinct/u, "short").replace(/verbose|long/u, "detailed"),
    )[0];
  const units = /\b(metric|imperial|celsius|fahrenheit)\b/u.exec(rest)?.[1];
  if (units !== undefined) return single("units", units)[0];
  const use = /^(?:use|stick to|stick with|default to|switch to) (.{1,40})$/u.exec(rest)?.[1];
  const kind = use === undefined ? undefined : kindOf(normalizeValue(use));
  return kind === undefined || use === undefined ? undefined : single(kind, use)[0];
}

/** "Call me Max", "please address me as Dr. Brandt", "you can call me Max". */
function nameWish(text: string, lower: string): Instruction | undefined {
  const match =
    /(?:^|\b(?:please|just|you can|everyone can|and|so|to|but|or) |[,;] ?)(?:always )?(?:call|address|refer to) me (?:as |by )?(?:my (?:first|nick)? ?name,? )?["“]?/u.exec(
      lower,
    );
  if (
    match === null ||
    /\b(?:they|he|she|people|friends|everyone|colleagues|family) (?:all |always |usually )?call me\b/u.test(lower)
  )
    return undefined;
  const rest = text.slice(match.index + match[0].length);
  const name = /^(?:(?:Dr|Mr|Mrs|Ms|Prof)\.? )?\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’-]+){0,2}/u
    .exec(rest)?.[0]
    .replace(/[.'’]+$/u, "");
  if (name === undefined) return undefined;
  const slot = single("nickname", name)[0];
  return slot === undefined ? undefined : { text: `wants to be called ${name}`, slot, confidence: 0.95 };
}
