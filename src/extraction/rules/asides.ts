import { single, type Slot } from "./slot.ts";
import { thingOf } from "./things.ts";
import { normalizeValue } from "./values.ts";

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu;
const PHONE = /\+?\(?\d[\d ()./-]{5,18}\d/gu;
const NAME = /^\p{Lu}[\p{L}\p{N}&.-]*(?: \p{Lu}[\p{L}\p{N}&.-]*){0,2}(?<!\.)/u;
const GONE = /(?:using|instead of|rather than|not|no longer|from|old|was)\s+$/u;

/** "…, that's where I live", "…, that's my timezone now". */
const ASIDE =
  /^(.{4,120}?)(?:,| -| –|;)? (?:and |so |but )?(?:that|this|it|which)(?:'s| is)(?: now)? (?:(where i (?:live|work))|(?:my|our) ([a-z][a-z -]{2,30}?))(?: now| these days)?[.!\s]*$/u;
const CONTACT =
  /\b(?:email|e-mail|mail|reach|contact|write|send|text|ring|call|phone) me (?:at|on|under|via)\b|\bmy (?:new |current |personal |work )*(?:e-?mail|mail|phone|cell|mobile|number)\b|\b(?:phone|mobile|cell) (?:number)?\b/u;

/** A slot that the sentence as a whole fills, where no verb says so: an address in passing, a value named afterwards. */
export function readAside(source: string): Slot | undefined {
  const lower = source.toLowerCase().replaceAll("’", "'");
  if (lower.length > 200 || !/\b(?:my|me|our|i|phone)\b/u.test(lower)) return undefined;
  const match = /(?:that|this|it|which)(?:'s| is)/u.test(lower) ? ASIDE.exec(lower) : null;
  if (match?.[1] !== undefined) {
    const slot = namedAfterwards(match[1], match[2], match[3]);
    if (slot !== undefined) return slot;
  }
  const start = /\b(?:my|our) first (?:day|week) (?:at|with|in) (?=\S)/u.exec(lower);
  const employer = start === null ? undefined : NAME.exec(source.slice(start.index + start[0].length))?.[0];
  if (employer !== undefined) return single("employer", employer, { cue: "change" })[0];
  if (!/[@\d]/u.test(lower) || !CONTACT.test(lower)) return undefined;
  const isNew = /\b(?:new|instead|now|stop|changed|switched|anymore|any more)\b/u.test(lower);
  const extra = isNew ? { cue: "change" as const } : {};
  const email = lastKept(lower, EMAIL);
  if (email !== undefined) return single(/\bwork e-?mail\b/u.test(lower) ? "email:work" : "email", email, extra)[0];
  const phone = lastKept(lower, PHONE);
  return phone === undefined || !/\b(?:phone|mobile|cell|number|reach|call|text|ring)\b/u.test(lower)
    ? undefined
    : single("phone", phone, extra)[0];
}

function namedAfterwards(head: string, where: string | undefined, phrase: string | undefined): Slot | undefined {
  const thing = phrase === undefined ? undefined : thingOf(phrase);
  if (where === undefined && thing?.isKnown !== true) return undefined;
  const own = thing?.attribute === "number" ? "phone" : thing?.attribute;
  const attribute = where === undefined ? own : where.endsWith("live") ? "residence" : "employer";
  if (attribute === undefined || thing?.cardinality === "multiple") return undefined;
  const pattern = attribute.startsWith("email") ? EMAIL : attribute.startsWith("phone") ? PHONE : undefined;
  const value =
    pattern === undefined
      ? (/\b(?:to|use|called) (.{2,40}?)(?: instead.*| rather.*)?$/u.exec(head)?.[1] ??
        /\b(?:from|in|on|at|with) (.{2,40})$/u.exec(head)?.[1])
      : lastKept(head, pattern);
  if (value === undefined || normalizeValue(value).split(" ").length > 4) return undefined;
  const isChange = /\b(?:new|instead|switched|changed|moved)\b/u.test(`${head} ${phrase ?? ""}`);
  return single(attribute, value, isChange ? { cue: "change" } : {})[0];
}

/** The last match that is not said to be over. */
function lastKept(text: string, pattern: RegExp): string | undefined {
  return [...text.matchAll(pattern)].findLast((match) => !GONE.test(text.slice(0, match.index)))?.[0];
}
