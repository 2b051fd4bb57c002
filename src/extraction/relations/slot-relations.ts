import type { EntityType } from "../../domain/entity.ts";
import { KIN } from "../rules/words.ts";

/** What a slot says about two things. */
export interface SlotRelation {
  readonly predicate: string;
  readonly subjectType: EntityType;
  readonly objectType: EntityType;
  /** The slot's qualifier is the subject: of "lead:apollo" the subject is Apollo. */
  readonly isOfQualifier?: boolean;
}

const relation = (
  predicate: string,
  objectType: EntityType,
  subjectType: EntityType = "person",
  isOfQualifier = false,
): SlotRelation => ({ predicate, subjectType, objectType, ...(isOfQualifier ? { isOfQualifier } : {}) });

/** Slots that name a second thing, by their whole name or their family. What holds a bare value (an age, a price) is no relation. */
const BY_SLOT: Readonly<Record<string, SlotRelation>> = {
  residence: relation("lives_in", "place"),
  hometown: relation("comes_from", "place"),
  birthplace: relation("born_in", "place"),
  location: relation("located_in", "place", "other", true),
  employer: relation("works_at", "organization"),
  role: relation("has_role", "concept"),
  school: relation("studies_at", "organization"),
  graduated: relation("graduated_from", "organization"),
  studies: relation("studies", "concept"),
  "field of work": relation("works_in", "concept"),
  manager: relation("manager", "person"),
  bank: relation("banks_with", "organization"),
  "member of": relation("member_of", "organization"),
  "volunteers at": relation("volunteers_at", "organization"),
  owns: relation("owns", "product"),
  car: relation("owns", "product"),
  laptop: relation("owns", "product"),
  phone: relation("owns", "product"),
  uses: relation("uses", "product"),
  tool: relation("uses", "product"),
  pet: relation("has_pet", "other"),
  likes: relation("likes", "concept"),
  loves: relation("likes", "concept"),
  prefers: relation("prefers", "concept"),
  dislikes: relation("dislikes", "concept"),
  hates: relation("dislikes", "concept"),
  avoids: relation("avoids", "concept"),
  allergy: relation("allergic_to", "concept"),
  "health condition": relation("has_condition", "concept"),
  medication: relation("takes", "product"),
  diet: relation("follows_diet", "concept"),
  language: relation("speaks", "concept"),
  learning: relation("learns", "concept"),
  reading: relation("reads", "product"),
  watching: relation("watches", "product"),
  collects: relation("collects", "concept"),
  "training for": relation("trains_for", "concept"),
  name: relation("name", "person"),
  nickname: relation("name", "person"),
  birthday: relation("birthday", "date"),
  schedule: relation("scheduled_for", "date", "concept", true),
  deadline: relation("due", "date", "concept", true),
  lead: relation("led_by", "person", "project", true),
  owner: relation("owned_by", "person", "other", true),
};

/** People whom one names by what they are to somebody; the slot is that word. */
const PEOPLE: ReadonlySet<string> = new Set(
  "friend roommate neighbor colleague doctor dentist therapist psychiatrist lawyer accountant landlord teacher tutor coach trainer professor advisor assistant babysitter nanny cleaner hairdresser barber client vet physiotherapist instructor recruiter classmate mentor".split(
    " ",
  ),
);

const USED: ReadonlySet<string> = new Set([
  "package manager",
  "database",
  "web framework",
  "editor",
  "cloud",
  "ci",
  "issue tracker",
  "chat tool",
  "messenger",
  "test runner",
  "bundler",
  "linter",
  "operating system",
  "browser",
  "shell",
  "programming language",
  "music service",
  "note app",
  "mail app",
  "password manager",
  "hosting of code",
  "version control",
  "orchestrator",
  "broker",
  "orm",
  "css framework",
  "design tool",
  "runtime",
  "model",
  "monitoring",
]);

/** The relation that a slot stands for, or undefined: most slots hold values, not things. */
export function slotRelation(attribute: string): SlotRelation | undefined {
  const colon = attribute.indexOf(":");
  const family = colon === -1 ? attribute : attribute.slice(0, colon);
  const qualifier = colon === -1 ? "" : attribute.slice(colon + 1);
  if (family === "family" && qualifier !== "") return relation(qualifier.replaceAll(/[ -]/gu, "_"), "person");
  if (family === "favorite" && qualifier !== "")
    return relation(`favorite_${qualifier.replaceAll(" ", "_")}`, "concept");
  if (family === "relation" && qualifier !== "") return relation(qualifier, "other", "other");
  if (colon === -1 && PEOPLE.has(family)) return relation(family, "person");
  if (colon === -1 && USED.has(family)) return relation("uses", "product");
  const found = Object.hasOwn(BY_SLOT, family) ? BY_SLOT[family] : undefined;
  if (found?.isOfQualifier === true && qualifier === "") return undefined;
  return found;
}

/** The slot in which conversations keep a predicate of a person, where there is just one such slot. */
export function slotOfPredicate(predicate: string): string | undefined {
  if (PEOPLE.has(predicate)) return predicate;
  const family = [...KIN.values()].find((kin) => kin.replaceAll(/[ -]/gu, "_") === predicate);
  if (family !== undefined) return `family:${family}`;
  const slots = Object.entries(BY_SLOT).filter(
    ([, found]) => found.predicate === predicate && found.isOfQualifier !== true && found.objectType !== "date",
  );
  return slots.length === 1 ? slots[0]?.[0] : undefined;
}

/** Predicates that are what somebody is to somebody: "Anna's doctor is Bea". */
export function peopleWords(): readonly string[] {
  return [...PEOPLE];
}
