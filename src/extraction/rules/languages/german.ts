import { compiler, pairs, type LanguageTable } from "./language-table.ts";

const PET = "(?:hund|hündin|katze|kater|kaninchen|hamster|papagei|wellensittich|schildkröte|pferd)";

export function german(): LanguageTable {
  const { words, head, slot, rewrites } = compiler({
    and: "und|oder|sowie",
    stops:
      "aber|weil|da|seit|mit|als|wo|denn|jetzt|nun|nicht|am|im|zu|an|auf|für|bei|obwohl|seitdem|um|inzwischen|mehr|gezogen|umgezogen|gewechselt|verkauft|gekauft|angefangen|begonnen|gekündigt|aufgehört",
  });

  return {
    firstPerson: words("ich|mein|meine|meinen|meinem|meiner|meines|mir|mich|wir|unser|unsere|unseren|unserem"),
    question: head(
      "(?:was|wer|wie|wo|wohin|woher|wann|warum|welche[rsn]?|kannst|könntest|hast|bist|weißt|soll|darf) (?:du|ich|ist|sind|wir|man|heißt|kann|war|viele?)",
    ),
    hypothetical: words(
      "wenn ich|falls|angenommen|stell dir vor|würde|würden|wäre|wären|hätte|hätten|könnte|ich wünschte|laut|als ob|er sagt|sie sagt|er sagte|sie sagte|träumte",
    ),
    idle: head(
      "danke|vielen dank|hallo|hi|guten|tschüss|bis (?:bald|später)|gern geschehen|kein problem|das (?:ist|klingt|war)|ich (?:denke|glaube|hoffe|weiß|verstehe|freue mich|finde|meine|frage mich|wollte|möchte (?:wissen|fragen)|brauche (?:hilfe|rat|deine)|hätte)|hilf|kannst|bitte",
    ),
    lead: /^(?:(?:(?:übrigens|ach|also|ja|nein|gut|okay|ok|hallo|hi|hey|naja|zur info|nur zur info|kurze info|korrektur|wichtig|tut mir leid|sorry|eigentlich|update)(?: \p{L}+)?)[,:!.…–-]+\s*|(?:(?:merke? dir|denk daran|vergiss nicht|nicht vergessen|erinnere dich daran|bitte merke? dir)(?: bitte)?,?)[,: ]\s*(?:dass )(?=\p{L}))+/u,
    split:
      /\s*(?:[;–—]|,)\s*(?=(?:ich|wir|mein\p{L}*|aber|und|außerdem)\s)|\s+(?:und|aber)\s+(?=(?:ich|wir|mein\p{L}*|arbeite|wohne|lebe|bin|habe|mag|liebe|hasse|esse|trinke|spiele|heiße)\s)/gu,
    list: /\s*(?:,|\s(?:und|oder|sowie)\s)\s*/u,
    opener: /^(?:aber|sondern|weil|dass?|und|wenn|besonders|vor allem|doch|kein\p{L}*|nicht)(?!\p{L})/u,
    negated: words("nicht|kein|keine|keinen|keinem|nie|niemals"),
    ended: words("nicht mehr|kein(?:e|en|em|er)?{x} mehr|nicht länger"),
    former: words("früher|damals|ehemals|ehemalige[rsn]?"),
    changed: words(
      "jetzt|nun|inzwischen|mittlerweile|neu|neue[rsn]?|seit (?:kurzem|heute|gestern|letzter)|ab sofort|ab jetzt|neuerdings|gewechselt|stattdessen",
    ),
    corrected: words("eigentlich|korrektur|ich meinte|stimmt nicht|falsch gesagt|tatsächlich|vertan"),
    slots: [
      ...slot("residence", "single", [
        "(?:wohne|lebe|wohnen|leben)(?: ich| wir)?{x} in (?:der |dem )?{v}",
        "in (?<v>[^,;.!?]{2,40}?) (?:wohne|lebe)$",
        "(?:wohnort|zuhause|heimatstadt) ist (?:in )?{v}",
      ]),
      ...slot(
        "residence",
        "single",
        [
          "bin(?: ich)?{x} nach {v} (?:gezogen|umgezogen|übersiedelt)",
          "sind(?: wir)?{x} nach {v} (?:gezogen|umgezogen)",
          "neue[sr]? (?:zuhause|wohnung) ist in {v}",
        ],
        { cue: "change" },
      ),
      ...slot("employer", "single", [
        "arbeite(?: ich)?{x} (?:bei|für) (?:der |dem |den )?{v}",
        "bin(?: ich)?{x} (?:bei|von) (?:der )?{v} angestellt",
        "bei (?<v>[^,;.!?]{2,40}?) arbeite$",
        "arbeitgeber ist (?:jetzt )?{v}",
      ]),
      ...slot(
        "employer",
        "single",
        [
          "hab(?:e)?(?: ich)?{x} bei (?:der )?{v} (?:angefangen|begonnen)",
          "bin(?: ich)?{x} zu {v} gewechselt",
          "neuer arbeitgeber ist {v}",
        ],
        { cue: "change" },
      ),
      ...slot("employer", "single", ["hab(?:e)?(?: ich)?{x} bei (?:der )?{v} (?:gekündigt|aufgehört)"], { cue: "end" }),
      ...slot("role", "single", ["arbeite(?: ich)?{x} als {v}", "bin(?: ich)? von beruf {v}"]),
      ...slot("name", "single", ["(?:ich heiße|ich heisse|mein name ist|heiße ich) {v}"]),
      ...slot("age", "single", ["bin(?: ich)?{x} (?<v>\\d{1,3}) jahre alt"]),
      ...slot("dislikes", "multiple", [
        "hasse(?: ich)? (?:den |die |das )?{v}",
        "verabscheue(?: ich)? {v}",
        "kann {v} nicht (?:ausstehen|leiden)",
      ]),
      ...slot("likes", "multiple", [
        "(?:mag|liebe)(?: ich)?(?: sehr| am liebsten| gern| kein(?:e|en)?)? {v}",
        "(?:trinke|esse|spiele|lese|höre)(?: ich)?{x} gerne? {v}",
        "(?:trinke|esse)(?: ich)? {v} gern",
      ]),
      ...slot("favorite:{t}", "single", ["lieblings(?<t>[\\p{L}]{3,20}) ist (?:jetzt )?{v}"]),
      ...slot("diet", "single", [
        "(?:bin|lebe|esse|ernähre)(?: ich)?{x} (?<v>veganer(?:in)?|vegan|vegetarisch|vegetarier(?:in)?|pescetarier(?:in)?|glutenfrei|laktosefrei|halal|koscher)",
      ]),
      ...slot("diet", "single", ["esse(?: ich)?{x} kein fleisch"], { value: "vegetarian" }),
      ...slot("allergy", "multiple", [
        "allergisch (?:gegen|auf) {v}",
        "allergie gegen {v}",
        "vertrage(?: ich)? kein(?:e|en)? {v}",
      ]),
      ...slot(`pet:{t}`, "multiple", [
        `hab(?:e)?(?: ich)?{x} eine?n? (?<t>${PET})(?: namens|, (?:der|die|das)| mit dem namen) {v}`,
        `meine? (?<t>${PET}) heißt {v}`,
      ]),
      ...slot(
        "owns",
        "multiple",
        ["hab(?:e)?(?: ich)?{x} (?:mir )?(?:eine?n?|unsere?n?)(?: neue[ns]?)? {v} (?:gekauft|besorgt|zugelegt)"],
        { cue: "change" },
      ),
      ...slot(
        "owns",
        "multiple",
        ["hab(?:e)?(?: ich)?{x} (?:meine?n?|unsere?n?|das|den|die)(?: alte[ns]?)? {v} verkauft"],
        { cue: "end" },
      ),
      ...slot("owns", "multiple", [
        "besitze(?: ich)? eine?n? {v}",
        `hab(?:e)?(?: ich)?{x} (?:eine?n?|zwei|kein(?:e|en)?)(?: neue[ns]?)? (?<v>${PET}|auto|fahrrad|motorrad|haus|garten|gitarre|klavier|boot|laptop|hunde|katzen)`,
      ]),
      ...slot(
        "schedule:{t}",
        "single",
        ["(?:meine?|unsere?|der|die|das) {t} (?:ist|findet|beginnt)(?: jetzt| nun| erst)? (?:am|um|im) {v}"],
        { isMeasured: true },
      ),
      ...slot(
        "schedule:{t}",
        "single",
        [
          "(?:meine?|unsere?|der|die|das) {t} (?:wurde|ist|wird) auf (?:den )?{v} (?:verschoben|verlegt)",
          "(?:meine?|unsere?|der|die|das) {t} (?:wurde|ist|wird) auf (?:den )?(?<v>[^,;.!?]{2,40}?) (?:verschoben|verlegt)",
        ],
        { cue: "change" },
      ),
      ...slot("{t}", "single", ["(?:meine?|unsere?) {t} (?:ist|beträgt|kostet|liegt bei)(?: jetzt| nun)? {v}"], {
        isMeasured: true,
      }),
    ],
    rewrites: rewrites(`
    ^ich (.+) (wohn|leb|lieb)e$ > {S} $2t $1
    ^ich (.+) arbeite$ > {S} arbeitet $1
    ^ich (.+) bin$ > {S} ist $1
    ^ich (.+) habe$ > {S} hat $1
    ^ich (.+) (mag|heiße|kann|muss|will)$ > {S} $2 $1
    ich bin > {S} ist
    bin ich > ist {S}
    ich habe? > {S} hat
    habe? ich > hat {S}
    ich werde > {S} wird
    ich (mag|war|hatte|kann|muss|will|soll|darf|weiß|ging|kam) > {S} $1
    (mag|war|hatte|kann|muss|will|ging) ich > $1 {S}
    ich esse > {S} isst
    esse ich > isst {S}
    ich lese > {S} liest
    ich fahre > {S} fährt
    ich schlafe > {S} schläft
    ich heiße > {S} heißt
    ich spreche > {S} spricht
    ich (\\p{L}+[td])e > {S} $1et
    ich (\\p{L}{2,})e > {S} $1t
    (\\p{L}+[td])e ich > $1et {S}
    (\\p{L}{2,})e ich > $1t {S}
    wir > {S} und andere
    mein(?:e|en|em|er|es)? > {S}s
    unser(?:e|en|em|er|es)? > {S}s
    (?:mir|mich) > sich
    ^(?:bin) > {S} ist
    ^(?:habe?) > {S} hat
    ^(arbeit)e > {S} $1et
    ^(wohn|leb|lieb|hass|trink|spiel)e > {S} $1t
    ^esse > {S} isst
    ^mag > {S} mag
  `),
    trim: /^(?:(?:der|die|das|den|dem|einen?|eine|sehr|jetzt|gern|keine?n?|nur|auch|alle)\s+)+|(?:\s+(?:jetzt|nicht|mehr|gern|sehr|auch|inzwischen|nun|überhaupt|gar))+$/gu,
    canonical: pairs(`
    veganer=vegan veganerin=vegan vegetarisch=vegetarian vegetarier=vegetarian vegetarierin=vegetarian pescetarier=pescatarian glutenfrei=gluten_free
    laktosefrei=lactose_free koscher=kosher hund=dog hündin=dog katze=cat kater=cat kaninchen=rabbit pferd=horse papagei=parrot schildkröte=turtle
    deutsch=german englisch=english französisch=french spanisch=spanish italienisch=italian portugiesisch=portuguese niederländisch=dutch russisch=russian
    chinesisch=chinese japanisch=japanese arabisch=arabic polnisch=polish türkisch=turkish miete=rent gewicht=weight budget=budget`),
    orders: {
      standing: words(
        "immer|nie|niemals|nie wieder|ab jetzt|von jetzt an|von nun an|ab sofort|künftig|in zukunft|grundsätzlich|jedes mal",
      ),
      act: words(
        "antworte|antworten sie|schreib|schreibe|sprich|rede|nutze|verwende|benutze|schlag|schlage|empfiehl|empfehle|erwähne|nenne?|gib|zeig|zeige|halte|bleib|mach|mache|erkläre|duze|sieze|vermeide|formuliere|fass|fasse|frag|frage|sag|sei|verzichte",
      ),
      reply: words("antworte|antworten sie|sprich|rede|kommuniziere"),
      language: words(
        "auf (?<v>deutsch|englisch|französisch|spanisch|italienisch|portugiesisch|niederländisch|russisch|chinesisch|japanisch|arabisch|polnisch|türkisch)",
      ),
      callMe: words("(?:nenn|nenne|nennt) mich(?: bitte| einfach)*"),
      text: "{S} bittet: {o}",
    },
    least: 4,
    isSpaced: true,
  };
}
