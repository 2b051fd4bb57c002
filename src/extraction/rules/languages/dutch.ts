import { compiler, pairs, type LanguageTable } from "./language-table.ts";

const PET = "hond|kat|poes|kater|konijn|hamster|papegaai|schildpad|paard";

/** Dutch. */
export function dutch(): LanguageTable {
  const { words, head, slot, rewrites } = compiler({
    and: "en|of",
    stops:
      "maar|omdat|want|sinds|met|als|waar|nu|niet|op|om|voor|bij|in|naar|tegenwoordig|meer|al|ook|verhuisd|begonnen|gewerkt|gekocht|verkocht|aan het|sedert",
  });
  return {
    firstPerson: words("ik|mijn|mij|me|wij|we|ons|onze|m'n"),
    question: head("(?:wat|wie|hoe|waar|wanneer|waarom|welke?|kun je|kan je|heb je|ben je|weet je)(?: .*)?"),
    hypothetical: words(
      "als ik|stel dat|stel je voor|ik zou|zou|ik wou|volgens|hij zegt|zij zegt|ze zei|hij zei|alsof",
    ),
    idle: head(
      "dank|bedankt|hallo|hoi|goede|tot (?:ziens|straks|later)|graag gedaan|dat|dit|ik (?:denk|geloof|hoop|weet|begrijp|snap|vraag me af|wil (?:weten|graag)|heb (?:hulp|een vraag))|help|alsjeblieft",
    ),
    lead: /^(?:(?:(?:trouwens|overigens|nou|dus|ja|nee|ok|oké|hallo|hoi|eigenlijk|ter info|ter informatie|correctie|sorry|belangrijk)(?: \p{L}+)?)[,:!.…–-]+\s*|(?:(?:onthoud|vergeet niet|let op))[,: ]\s*(?:dat )(?=\p{L}))+/u,
    split:
      /\s*[;–—]\s*|\s*,?\s+(?:en|maar)\s+(?=(?:ik|mijn|wij|we|werk|woon|ben|heb|hou|haat|eet|drink|speel)\s)|\s*,\s*(?=(?:ik|mijn|wij|we)\s)/gu,
    list: /\s*(?:,|\s(?:en|of)\s)\s*/u,
    opener: /^(?:maar|want|omdat|dat|vooral|niet|geen|als)(?!\p{L})/u,
    negated: words("niet|geen|nooit"),
    ended: words("niet meer|geen{x} meer|niet langer"),
    former: words("vroeger|destijds|voorheen|woonde|werkte"),
    changed: words("nu|inmiddels|tegenwoordig|sinds kort|nieuwe?|vanaf nu|voortaan|onlangs"),
    corrected: words("eigenlijk|correctie|ik bedoelde|ik vergiste|klopt niet|vergist"),
    slots: [
      ...slot("residence", "single", [
        "(?:woon|woonde|wonen)(?: ik| wij| we)?{x} in {v}",
        "in (?<v>[^,;.!?]{2,40}?) woon$",
        "mijn (?:woonplaats|thuis) is {v}",
      ]),
      ...slot(
        "residence",
        "single",
        ["(?:ben|zijn)(?: ik| we)?{x} naar {v} verhuisd", "(?:ben|zijn)(?: ik| we)?{x} verhuisd naar {v}"],
        { cue: "change" },
      ),
      ...slot("employer", "single", [
        "(?:werk|werkte)(?: ik)?{x} (?:bij|voor) {v}",
        "bij (?<v>[^,;.!?]{2,40}?) werk$",
        "mijn werkgever is {v}",
      ]),
      ...slot(
        "employer",
        "single",
        ["ben(?: ik)?{x} (?:begonnen bij|overgestapt naar) {v}", "ben(?: ik)?{x} bij {v} begonnen"],
        { cue: "change" },
      ),
      ...slot(
        "employer",
        "single",
        ["heb(?: ik)?{x} bij {v} (?:ontslag genomen|opgezegd)", "ben(?: ik)?{x} (?:gestopt|weg) bij {v}"],
        { cue: "end" },
      ),
      ...slot("role", "single", ["werk(?: ik)?{x} als {v}", "ben(?: ik)? van beroep {v}"]),
      ...slot("name", "single", ["(?:ik heet|mijn naam is) {v}"]),
      ...slot("age", "single", ["ben(?: ik)?{x} (?<v>\\d{1,3}) jaar"]),
      ...slot("dislikes", "multiple", ["(?:haat|verafschuw)(?: ik)? {v}", "heb(?: ik)? een hekel aan {v}"]),
      ...slot("likes", "multiple", [
        "(?:hou|houd)(?: ik)?(?: niet| meer| erg| veel| echt)* van {v}",
        "vind(?: ik)? {v} (?:lekker|leuk|geweldig|heerlijk)",
        "vind(?: ik)? (?<v>[^,;.!?]{2,40}?)(?: niet| echt)* (?:lekker|leuk|geweldig|heerlijk)",
        "(?:drink|eet|speel|lees)(?: ik)? graag {v}",
      ]),
      ...slot("favorite:{t}", "single", [
        "lievelings(?<t>[\\p{L}]{3,20}) is (?:nu )?{v}",
        "favoriete (?<t>\\p{L}+) is (?:nu )?{v}",
      ]),
      ...slot("diet", "single", [
        "(?:ben|eet|ben geworden)(?: ik)?{x} (?<v>vegetariër|vegetarisch|veganist|veganistisch|vegan|pescotariër|glutenvrij|halal|koosjer)",
      ]),
      ...slot("diet", "single", ["eet(?: ik)?{x} geen vlees"], { value: "vegetarian" }),
      ...slot("allergy", "multiple", ["allergisch voor {v}", "allergie voor {v}"]),
      ...slot("pet:{t}", "multiple", [
        `heb(?: ik)?{x} een (?<t>${PET})(?: genaamd| die|,)(?: heet)? {v}`,
        `(?:mijn|onze) (?<t>${PET}) heet {v}`,
      ]),
      ...slot(
        "owns",
        "multiple",
        ["heb(?: ik)?{x} een(?: nieuwe?)? {v} gekocht", "heb(?: ik)?{x} een(?: nieuwe?)? {v} geadopteerd"],
        { cue: "change" },
      ),
      ...slot("owns", "multiple", ["heb(?: ik)?{x} (?:mijn|de|het)(?: oude)? {v} verkocht"], { cue: "end" }),
      ...slot("owns", "multiple", [
        `heb(?: ik)?{x} (?:een|twee|geen)(?: nieuwe?)? (?<v>${PET}|auto|fiets|motor|huis|tuin|gitaar|piano|boot|laptop)`,
      ]),
      ...slot("schedule:{t}", "single", ["(?:mijn|onze|de|het) {t} is(?: nu)? (?:op|om|in) {v}"], { isMeasured: true }),
      ...slot(
        "schedule:{t}",
        "single",
        [
          "(?:mijn|onze|de|het) {t} is (?:verplaatst|verzet|uitgesteld) naar {v}",
          "(?:mijn|onze|de|het) {t} is naar (?<v>[^,;.!?]{2,40}?) (?:verplaatst|verzet)",
        ],
        { cue: "change", isMeasured: true },
      ),
      ...slot("{t}", "single", ["(?:mijn|onze) {t} (?:is|bedraagt|kost)(?: nu)? {v}"], { isMeasured: true }),
    ],
    rewrites: rewrites(`
      ^ik (.+) (woon|werk|drink)$ > {S} $2t $1
      ^ik (.+) ben$ > {S} is $1
      ^ik (.+) heb$ > {S} heeft $1
      ik ben > {S} is
      ben ik > is {S}
      ik heb > {S} heeft
      heb ik > heeft {S}
      ik houd? > {S} houdt
      houd? ik > houdt {S}
      ik (ga|sta) > {S} $1at
      ik (had|was|wil|kan|mag|moet|zal|werkte|woonde|eet|haat|heet|weet|zit) > {S} $1
      ik (\\p{L}+t) > {S} $1
      ik (\\p{L}{2,}[bcdfgklmnprsvwz]) > {S} $1t
      (werk|woon|drink|speel|lees) ik > $1t {S}
      eet ik > eet {S}
      wij > {S} en anderen
      we > {S} en anderen
      (?:mijn|m'n) > {S}s
      (?:onze|ons) > {S}s
      (?:mij|me) > zich
      ^ben > {S} is
      ^heb > {S} heeft
      ^houd? > {S} houdt
      ^(werk|woon|drink|speel|lees|vind) > {S} $1t
      ^(haat|eet) > {S} $1
      vindt? ik > vindt {S}
    `),
    trim: /^(?:(?:de|het|een|heel|nu|erg|graag|geen|mijn)\s+)+|(?:\s+(?:nu|niet|meer|ook|graag|al))+$/gu,
    canonical: pairs(`
      vegetariër=vegetarian vegetarisch=vegetarian veganist=vegan veganistisch=vegan pescotariër=pescatarian glutenvrij=gluten_free koosjer=kosher hond=dog kat=cat poes=cat kater=cat
      konijn=rabbit paard=horse papegaai=parrot schildpad=turtle nederlands=dutch engels=english frans=french duits=german spaans=spanish italiaans=italian portugees=portuguese
      russisch=russian chinees=chinese japans=japanese arabisch=arabic huur=rent gewicht=weight`),
    orders: {
      standing: words("altijd|nooit|nooit meer|vanaf nu|voortaan|in de toekomst|elke keer|steeds"),
      act: words(
        "antwoord|reageer|schrijf|spreek|praat|gebruik|stel|raad|noem|geef|wees|doe|leg|vermijd|houd|hou|vraag|citeer|zeg",
      ),
      reply: words("antwoord|reageer|spreek|praat"),
      language: words(
        "in het (?<v>nederlands|engels|frans|duits|spaans|italiaans|portugees|russisch|chinees|japans|arabisch)",
      ),
      callMe: words("noem (?:me|mij)(?: maar| alsjeblieft)?"),
      text: "{S} vraagt: {o}",
    },
    least: 4,
    isSpaced: true,
  };
}
