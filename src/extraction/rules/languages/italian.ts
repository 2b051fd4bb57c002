import { compiler, pairs, type LanguageTable } from "./language-table.ts";

const PET = "cane|cagna|gatto|gatta|coniglio|criceto|pappagallo|tartaruga|cavallo";

/** Italian. */
export function italian(): LanguageTable {
  const { words, head, slot, rewrites } = compiler({
    and: "e|ed|o|né",
    stops:
      "ma|perché|poiché|da|con|come|dove|ora|adesso|non|per|in|attualmente|quando|che|più|molto|anche|dal|dalla|questa|questo|il mese|lo scorso|l'anno|il \\d|alle \\d",
  });
  return {
    firstPerson: words(
      "io|mio|mia|miei|mie|mi|noi|nostr[oaie]|vivo|vivevo|abito|abitavo|lavoro|lavoravo|sono|ho|abbiamo|odio|detesto|amo|adoro|mangio|bevo|suono|gioco|studio|parlo|vado|voglio",
    ),
    question: head("(?:cosa|che cosa|chi|come|dove|quando|perché|quale|quanto|puoi|potresti|sai)(?: .*)?"),
    hypothetical: words(
      "se (?:io )?(?:fossi|avessi|potessi|vivessi)|immagina|supponiamo|vorrei|mi piacerebbe|potrei|secondo|dice che|ha detto che|sarei|magari",
    ),
    idle: head(
      "grazie|ciao|buon(?:giorno|asera)|arrivederci|prego|è|penso|credo|spero|capisco|non so|so|mi dispiace|sono d'accordo|aiutami|per favore|ho bisogno di (?:aiuto|un consiglio)",
    ),
    lead: /^(?:(?:(?:a proposito|comunque|allora|beh|sì|no|ok|ciao|in realtà|nota|per tua informazione|correzione|scusa|importante)(?: \p{L}+)?)[,:!.…–-]+\s*|(?:(?:ricorda|ricordati|tieni presente|non dimenticare|sappi))[,: ]\s*(?:che )(?=\p{L}))+/u,
    split:
      /\s*[;–—]\s*|\s*,?\s+(?:e|ma)\s+(?=(?:io|il mio|la mia|mi|vivo|abito|lavoro|sono|ho|odio|non|mangio|bevo|suono|studio)\s)|\s*,\s*(?=(?:io|il mio|la mia|mi|vivo|abito|lavoro|sono|ho|ora)\s)/gu,
    list: /\s*(?:,|\s(?:e|ed|o|né)\s)\s*/u,
    opener: /^(?:ma|perché|che|soprattutto|non|quando|però)(?!\p{L})/u,
    negated: words("non|mai|nessun[oa]?|neanche"),
    ended: words("non{x} più|smesso di"),
    former: words("prima|una volta|in passato|vivevo|abitavo|lavoravo"),
    changed: words("ora|adesso|attualmente|recentemente|nuov[oa]|d'ora in poi|da oggi|ormai"),
    corrected: words("in realtà|correzione|volevo dire|intendevo|mi sono sbagliat[oa]|ho sbagliato|anzi"),
    slots: [
      ...slot("residence", "single", [
        "(?:vivo|vivevo|abito|abitavo|viviamo|abitiamo|risiedo)(?: più| ora| adesso| attualmente)*{x} (?:a|in) {v}",
      ]),
      ...slot("residence", "single", ["(?:mi sono trasferit[oa]|ci siamo trasferiti){x} (?:a|in) {v}"], {
        cue: "change",
      }),
      ...slot("employer", "single", [
        "(?:lavoro|lavoravo|sto lavorando)(?: più| ora| adesso| attualmente)*{x} (?:per|presso|alla|da) {v}",
        "(?:il mio datore di lavoro|la mia azienda) è {v}",
      ]),
      ...slot(
        "employer",
        "single",
        ["ho (?:iniziato|cominciato){x} (?:in|alla|presso|da|per) {v}", "sono passat[oa] a {v}"],
        { cue: "change" },
      ),
      ...slot(
        "employer",
        "single",
        [
          "(?:ho lasciato|mi sono licenziat[oa] da) (?:il mio lavoro (?:in|alla|da|presso) )?(?:la )?(?<v>\\p{Lu}?[\\p{L}\\d]+)$",
        ],
        { cue: "end" },
      ),
      ...slot("role", "single", ["(?:lavoro|sto lavorando){x} come {v}", "(?:faccio) (?:il|la|l') ?{v}"]),
      ...slot("name", "single", ["(?:mi chiamo|il mio nome è) {v}"]),
      ...slot("age", "single", ["ho (?<v>\\d{1,3}) anni"]),
      ...slot("dislikes", "multiple", ["(?:odio|detesto|non sopporto) {v}"]),
      ...slot("likes", "multiple", [
        "mi (?:piacciono|piace|piacevano|piaceva)(?: più| molto)* {v}",
        "(?:amo|adoro) {v}",
      ]),
      ...slot("favorite:{t}", "single", ["(?:il mio|la mia) (?<t>\\p{L}+) preferit[oa] è(?: ora)? (?:il |la |l')?{v}"]),
      ...slot("diet", "single", [
        "(?:sono|sono diventat[oa]|mangio)(?: ora| \\p{L}+)? (?<v>vegetarian[oa]|vegan[oa]|pescetarian[oa]|celiac[oa]|halal|kosher|senza glutine)",
      ]),
      ...slot("diet", "single", ["non mangio(?: più)? (?:la )?carne"], { value: "vegetarian" }),
      ...slot("allergy", "multiple", ["allergic[oa] {v}", "allergia {v}"]),
      ...slot("pet:{t}", "multiple", [
        `(?:ho|abbiamo) une?a?o? ?(?<t>${PET})(?: che si chiama| di nome| chiamat[oa]|,) {v}`,
        `(?:il mio|la mia) (?<t>${PET}) si chiama {v}`,
      ]),
      ...slot("owns", "multiple", ["(?:ho|abbiamo) (?:comprato|adottato|acquistato) une?a?(?:'| )(?:nuov[oa] )?{v}"], {
        cue: "change",
      }),
      ...slot("owns", "multiple", ["(?:ho|abbiamo) venduto (?:la mia|il mio|la|il|l')(?: vecchi[oa])? ?{v}"], {
        cue: "end",
      }),
      ...slot("owns", "multiple", [
        `(?:ho|abbiamo) (?:un'|una|un|due) ?(?:nuov[oa] )?(?<v>${PET}|macchina|auto|bicicletta|bici|moto|casa|giardino|chitarra|pianoforte|barca|portatile)`,
      ]),
      ...slot(
        "schedule:{t}",
        "single",
        ["(?:il mio|la mia|il|la|l') ?{t} è(?: ora| previst[oa]| fissat[oa])* (?:per |il |alle |a )*{v}"],
        { isMeasured: true },
      ),
      ...slot(
        "schedule:{t}",
        "single",
        [
          "(?:il mio|la mia|il|la|l') ?{t} è stat[oa] (?:spostat[oa]|rinviat[oa]|anticipat[oa]) (?:a |al |alle |per )?{v}",
        ],
        { cue: "change", isMeasured: true },
      ),
      ...slot("{t}", "single", ["(?:il mio|la mia) {t} (?:è di|è|costa)(?: ora)? {v}"], { isMeasured: true }),
    ],
    rewrites: rewrites(`
      non mi (piacciono|piace) > a {S} non $1
      mi (piacciono|piace) > a {S} $1
      mi chiamo > {S} si chiama
      mi sono > {S} si è
      io > {S}
      sono > {S} è
      ho > {S} ha
      (viv|bev|legg)o > {S} $1e
      (abit|lavor|parl|gioc|suon|am|ador|detest)o > {S} $1a
      (mangi|studi|odi|viaggi)o > {S} $1a
      vado > {S} va
      voglio > {S} vuole
      faccio > {S} fa
      (vivev|abitav|lavorav)o > {S} $1a
      non {S} > {S} non
      il mio > il suo
      la mia > la sua
      i miei > i suoi
      le mie > le sue
      mi(?:o|a) > suo
      mi > si
      (?:{S} )+{S} > {S}
    `),
    trim: /^(?:(?:alle|agli|ai|al|alla|a|il|lo|la|i|gli|le|un|una|uno|molto|ora|mio|mia|più)\s+|all'|l'|un')+|(?:\s+(?:ora|adesso|più|non|anche|molto))+$/gu,
    canonical: pairs(`
      vegetariano=vegetarian vegetariana=vegetarian vegano=vegan vegana=vegan pescetariano=pescatarian pescetariana=pescatarian celiaco=celiac celiaca=celiac senza_glutine=gluten_free
      cane=dog cagna=dog gatto=cat gatta=cat coniglio=rabbit cavallo=horse pappagallo=parrot tartaruga=turtle italiano=italian inglese=english francese=french tedesco=german
      spagnolo=spanish portoghese=portuguese olandese=dutch russo=russian cinese=chinese giapponese=japanese arabo=arabic affitto=rent peso=weight`),
    orders: {
      standing: words("sempre|mai|mai più|d'ora in poi|da ora in poi|in futuro|ogni volta|da adesso"),
      act: words(
        "rispondi|rispondere|rispondimi|scrivi|scrivere|parla|parlami|usa|usare|utilizza|suggerire|suggerisci|consigliare|consiglia|menzionare|dammi|dai|sii|spiega|evita|proporre|proponi|cita|citare|chiedi|fai",
      ),
      reply: words("rispondi|rispondere|rispondimi|parla|parlami"),
      language: words(
        "in (?<v>italiano|inglese|francese|tedesco|spagnolo|portoghese|olandese|russo|cinese|giapponese|arabo)",
      ),
      callMe: words("(?:chiamami|mi chiami)"),
      text: "{S} chiede: {o}",
    },
    least: 4,
    isSpaced: true,
  };
}
