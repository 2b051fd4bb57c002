import type { Clause } from "./parse-clause.ts";
import { isFormer, isPerson, multiple, phraseAfter, phraseBehind, single, type Slot } from "./slot.ts";
import { stance } from "./slots-preference.ts";
import { isTimeValue } from "./values.ts";

export function studied(clause: Clause): Slot[] | undefined {
  const isPast = isFormer(clause);
  const slots: Slot[] = [];
  const subject = phraseAfter(clause, /^(?!at |in |for |hard|abroad)/u);
  if (subject !== "" && !isTimeValue(subject)) slots.push(...single("studies", subject, { isPast }));
  const at = /^(?:.{0,50}? )?at /u.exec(clause.rest);
  if (at !== null) slots.push(...single("school", phraseBehind(clause, at[0].length), { isPast }));
  return slots;
}

const LANGUAGES =
  /\b(?:english|german|french|spanish|italian|portuguese|dutch|russian|polish|turkish|arabic|hebrew|hindi|urdu|bengali|chinese|mandarin|cantonese|japanese|korean|vietnamese|thai|swedish|norwegian|danish|finnish|greek|czech|hungarian|romanian|ukrainian|farsi|persian|tamil|swahili|latin|catalan|indonesian|tagalog|croatian|serbian|bulgarian|welsh|irish|sign language)\b/gu;

export function languages(clause: Clause): Slot[] | undefined {
  const found = [...clause.rest.matchAll(LANGUAGES)].map((match) => match[0]);
  if (found.length === 0 || !isPerson(clause)) return undefined;
  const attribute = clause.verb === "learn" ? "learning" : "speaks";
  const items = (stance(clause, attribute, clause.restFrom) ?? []).filter(({ value }) =>
    found.some((language) => value.includes(language)),
  );
  if (items.length === found.length) return items.map((slot, index) => ({ ...slot, value: found[index] as string }));
  return found.flatMap((language) => multiple(attribute, language, { isPast: clause.modality === "used" }));
}
