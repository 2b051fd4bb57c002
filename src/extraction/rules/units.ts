import { splitClauses } from "./clauses.ts";
import type { Origin, Subject } from "./discourse.ts";
import { parseClause, type Clause } from "./parse-clause.ts";
import { isPlainFact } from "./plain.ts";
import type { Reading } from "./reading.ts";
import { remember } from "./remember.ts";
import { single, type Slot } from "./slot.ts";
import { nameInSubject } from "./slots-possession.ts";
import { endedThing, slotsOf } from "./slots.ts";
import { isCapitalized, type Token } from "./tokens.ts";

export interface Unit {
  readonly clauses: Clause[];
  readonly subjects: Subject[];
  /** `isNaming`: the slot of a name in passing ("my boss Henrike is leaving"), beside what the sentence says. */
  readonly slots: { slot: Slot; clause: Clause; subject: Subject; isNaming?: boolean }[];
  isHypothetical: boolean;
}

export function groupClauses(tokens: readonly Token[], reading: Reading, origin: Origin): Unit[] {
  const { discourse, speaker } = reading;
  const units: Unit[] = [];
  let previous: Clause | undefined;
  let isOpen = false;
  for (const range of splitClauses(tokens)) {
    const clause = parseClause(tokens, range, previous);
    if (clause === undefined) continue;
    const subject = clause.subject === "none" ? ({ kind: "unknown" } as const) : discourse.resolve(clause, speaker);
    const isSubordinate =
      /^(?:because|since|if|unless|although|though|while|when|whenever|after|before|until|once|whereas|which|who|whether|where|cause|cuz)$/u.test(
        range.joint,
      );
    const isHypothetical = range.joint === "if" || range.joint === "unless" || range.joint === "whether";
    const slots =
      isHypothetical ||
      /^(?:which|who|where|when|whenever|before|until|once)$/u.test(range.joint) ||
      /^(?:which|who|whose)$/u.test(tokens[clause.start]?.lower ?? "")
        ? []
        : slotsOf(clause, subject).length > 0
          ? slotsOf(clause, subject)
          : (endedThing(clause) ?? successor(clause, units.at(-1)?.slots.at(-1)?.slot) ?? []);
    const named = clause.subject === "noun" && !range.inheritsSubject ? nameInSubject(clause) : undefined;
    if (named !== undefined)
      discourse.relations.set(`${speaker.key} ${named.slot.attribute.replace(/^(?:family|pet):/u, "")}`, {
        name: named.name,
        origin,
      });
    remember(discourse, clause, subject, slots, speaker, origin);
    const isBare =
      clause.verb === "" ||
      clause.subject === "it" ||
      clause.subject === "this" ||
      clause.subject === "there" ||
      (clause.subject !== "i" && clause.subject !== "we" && clause.subject !== "noun" && subject.kind === "unknown");
    const hasOwnWeight =
      slots.length > 0 ||
      (!isBare && !isSubordinate && !range.inheritsSubject && isPlainFact(clause, subject, reading.speaker));
    const current = units.at(-1);
    if (
      current !== undefined &&
      (isOpen || !hasOwnWeight || (isSubordinate && current.slots.length === 0 && slots.length === 0))
    ) {
      current.clauses.push(clause);
      current.subjects.push(subject);
    } else units.push({ clauses: [clause], subjects: [subject], slots: [], isHypothetical: false });
    const unit = units.at(-1) as Unit;
    if (isHypothetical) unit.isHypothetical = true;
    if (named !== undefined)
      unit.slots.push({ slot: named.slot, clause, subject: { kind: "speaker", key: speaker.key }, isNaming: true });
    for (const slot of slots) unit.slots.push({ slot, clause, subject });
    // A clause that opens with a subordinator belongs to the one behind it.
    isOpen = units.length === 1 && unit.clauses.length === 1 && isSubordinate && range.from < 3 && slots.length === 0;
    previous = clause;
  }
  return units;
}

/** "It is no longer at 9:15, it's at 15:20" is one piece of news: the value that took the place of the other. */
export function joinSuccessors(units: readonly Unit[]): Unit[] {
  const joined: Unit[] = [];
  for (const unit of units) {
    const before = joined.at(-1);
    const ended = before?.slots.length === 1 ? before.slots[0] : undefined;
    const following = unit.slots.find(
      ({ slot }) => slot.cue !== "end" && slot.cardinality === "single" && slot.attribute === ended?.slot.attribute,
    );
    if (before === undefined || ended?.slot.cue !== "end" || ended.slot.isPast === true || following === undefined) {
      joined.push(unit);
      continue;
    }
    joined[joined.length - 1] = {
      clauses: [...before.clauses, ...unit.clauses],
      subjects: [...before.subjects, ...unit.subjects],
      slots: unit.slots.map((entry) =>
        entry === following ? { ...entry, slot: { ...entry.slot, cue: entry.slot.cue ?? "change" } } : entry,
      ),
      isHypothetical: before.isHypothetical || unit.isHypothetical,
    };
  }
  return joined;
}

/** "I don't work at Acme anymore, I'm at Globex": what follows an end takes its place. */
function successor(clause: Clause, ended: Slot | undefined): Slot[] | undefined {
  if (ended?.cue !== "end" || ended.cardinality !== "single" || clause.verb !== "be" || clause.isNegated)
    return undefined;
  const match = /^(?:now )?(?:at|with|in|on|an?) (.{2,40}?)(?: now| these days| instead)*$/u.exec(clause.rest);
  const isNamed = clause.tokens.slice(clause.restFrom, clause.end).some((token) => isCapitalized(token));
  if (match?.[1] === undefined || (!isNamed && !ended.attribute.startsWith("status:"))) return undefined;
  return single(ended.attribute, match[1], { cue: "change" });
}
