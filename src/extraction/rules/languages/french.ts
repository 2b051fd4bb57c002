import { compiler, pairs, type LanguageTable } from "./language-table.ts";

const PET = "chien|chienne|chat|chatte|lapin|hamster|perroquet|tortue|cheval";

/** French. */
export function french(): LanguageTable {
  const { words, head, slot, rewrites } = compiler({
    and: "et|ou|ni",
    stops:
      "mais|parce|car|depuis|avec|comme|où|puisque|maintenant|désormais|actuellement|pas|plus|pour|chez|dans|en|bien|beaucoup|il y a|quand|qui|que|depuis|non plus|le mois|la semaine|l'an(?:née)?|au début|au printemps|le \\d",
  });
  return {
    firstPerson: words("je|j'\\p{L}+|mon|ma|mes|moi|me|m'\\p{L}+|nous|notre|nos"),
    question: head(
      "(?:qu'?|que|quoi|qui|comment|où|quand|pourquoi|quel(?:le)?s?|est-ce|combien|peux-tu|pouvez-vous|sais-tu|as-tu|es-tu)(?: .*)?",
    ),
    hypothetical: words(
      "si j'\\p{L}+|si je|imagine|imaginons|supposons|je voudrais|j'aimerais|je pourrais|selon|il dit|elle dit|il a dit|elle a dit|aurais|serais",
    ),
    idle: head(
      "merci|bonjour|salut|bonsoir|au revoir|de rien|c'est|c'était|ça|je (?:pense|crois|sais|comprends|me demande|vois|suis d'accord|suis désolée?|suis contente?)|j'espère|aide-moi|peux-tu|s'il te plaît|s'il vous plaît",
    ),
    lead: /^(?:(?:(?:au fait|d'ailleurs|bon|alors|oui|non|ok|bonjour|salut|en fait|pour info|pour information|correction|désolée?|important)(?: \p{L}+)?)[,:!.…–-]+\s*|(?:(?:souviens-toi|souvenez-vous|rappelle-toi|retiens|note bien|note|n'oublie pas|sache))[,: ]\s*(?:que |qu')(?=\p{L}))+/u,
    split:
      /\s*[;–—]\s*|\s*,?\s+(?:et|mais)\s+(?=(?:je\s|j'|mon\s|ma\s|mes\s|nous\s|travaille|habite|vis|suis|ai)\b)|\s*,\s*(?=(?:je\s|j'|mon\s|ma\s|mes\s|nous\s))/gu,
    list: /\s*(?:,|\s(?:et|ou|ni)\s)\s*/u,
    opener: /^(?:mais|parce|car|qui|que|surtout|pas|donc|quand)(?!\p{L})/u,
    negated: words("pas|jamais|aucune?|plus de|plus|ni"),
    ended: /(?:\bne |\bn').*\bplus\b|\bplus (?:de|d')/u,
    former: words("avant|autrefois|dans le passé|à l'époque|j'habitais|je vivais|je travaillais"),
    changed: words(
      "maintenant|désormais|à présent|récemment|dorénavant|nouveau|nouvelle|nouvel|actuellement|à partir de maintenant",
    ),
    corrected: words("en fait|correction|je voulais dire|me suis trompée?|en réalité|erreur"),
    slots: [
      ...slot("residence", "single", [
        "(?:j'habite|habite|j'habitais|je vis|vis|je vivais|nous habitons|nous vivons)(?: plus| pas| maintenant| désormais| actuellement| toujours)*{x} (?:à|en|au|aux|dans le|dans la) (?:la |le )?{v}",
        "j'habite(?: maintenant| désormais)? {v}",
      ]),
      ...slot(
        "residence",
        "single",
        [
          "(?:j'ai déménagé|me suis installée?|ai emménagé|avons déménagé|nous sommes installés){x} (?:à|en|au|aux|vers) {v}",
        ],
        { cue: "change" },
      ),
      ...slot("employer", "single", [
        "(?:je travaille|travaille|je travaillais|je bosse|bosse)(?: plus| pas| maintenant| désormais| actuellement| toujours)*{x} (?:chez|pour) {v}",
        "mon employeur est(?: maintenant)? {v}",
      ]),
      ...slot(
        "employer",
        "single",
        ["(?:j'ai rejoint|ai rejoint) {v}", "(?:j'ai commencé|ai commencé){x} chez {v}", "nouvel employeur est {v}"],
        { cue: "change" },
      ),
      ...slot("employer", "single", ["(?:j'ai quitté|ai démissionné de) (?:mon (?:poste|travail|emploi) chez )?{v}"], {
        cue: "end",
      }),
      ...slot("role", "single", [
        "(?:je travaille|travaille){x} comme {v}",
        "(?:je travaille|travaille){x} en tant que {v}",
      ]),
      ...slot("name", "single", ["(?:je m'appelle|mon nom est|mon prénom est) {v}"]),
      ...slot("age", "single", ["(?:j'ai|ai) (?<v>\\d{1,3}) ans"]),
      ...slot("dislikes", "multiple", ["(?:je déteste|déteste|j'ai horreur de) {v}"]),
      ...slot("likes", "multiple", [
        "(?:j'aime|aime|j'adore|adore)(?: pas| plus| bien| beaucoup| vraiment| du tout)* {v}",
      ]),
      ...slot("favorite:{t}", "single", ["(?:mon|ma) (?<t>\\p{L}+) préférée? est(?: maintenant| désormais)? {v}"]),
      ...slot("diet", "single", [
        "(?:suis|suis devenue?|mange)(?: \\p{L}+){0,2}? (?<v>végétarien(?:ne)?|végane?|vegan|pescétarien(?:ne)?|halal|casher)",
        "mange (?<v>sans gluten|végétarien|vegan|halal|casher)",
      ]),
      ...slot("diet", "single", ["(?:je ne mange|mange) (?:pas|plus) de viande"], { value: "vegetarian" }),
      ...slot("allergy", "multiple", ["allergique {v}", "allergie {v}"]),
      ...slot("pet:{t}", "multiple", [
        `(?:j'ai|ai|avons) une? (?<t>${PET})(?: qui s'appelle| nommée?| appelée?|,) {v}`,
        `(?:mon|ma) (?<t>${PET}) s'appelle {v}`,
      ]),
      ...slot(
        "owns",
        "multiple",
        [
          "(?:j'ai|ai|avons) acheté (?:une?|ma|mon)(?: nouvelle| nouveau| nouvel)? {v}",
          "(?:j'ai|ai|avons) adopté une? {v}",
        ],
        { cue: "change" },
      ),
      ...slot("owns", "multiple", ["(?:j'ai|ai|avons) vendu (?:ma|mon|mes|la|le|notre)(?: vieille| vieux)? {v}"], {
        cue: "end",
      }),
      ...slot("owns", "multiple", [
        "(?:je possède|possède) une? {v}",
        `(?:j'ai|ai|avons) (?:une?|deux|pas de|plus de)(?: nouvelle| nouveau)? (?<v>${PET}|voiture|vélo|moto|maison|jardin|guitare|piano|bateau|ordinateur)`,
      ]),
      ...slot(
        "schedule:{t}",
        "single",
        [
          "(?:mon|ma|notre|le|la) {t} est(?: maintenant| prévue?| fixée?)* (?:à |le |pour le |en )?{v}",
          "(?:mon|ma|notre|le|la) {t} a lieu (?:le |à )?{v}",
        ],
        { isMeasured: true },
      ),
      ...slot(
        "schedule:{t}",
        "single",
        ["(?:mon|ma|notre|le|la) {t} (?:a été|est) (?:reportée?|déplacée?|avancée?|décalée?) (?:à |au |pour le )?{v}"],
        { cue: "change", isMeasured: true },
      ),
      ...slot(
        "{t}",
        "single",
        ["(?:mon|ma|notre) {t} (?:est de|est à|coûte|s'élève à|est)(?: maintenant| désormais)? {v}"],
        { isMeasured: true },
      ),
    ],
    rewrites: rewrites(`
      je ne suis > {S} n'est
      je suis > {S} est
      j'ai > {S} a
      je n'ai > {S} n'a
      je vais > {S} va
      je fais > {S} fait
      je m'(\\p{L}+) > {S} s'$1
      je me suis > {S} s'est
      je me > {S} se
      j'(\\p{L}+) > {S} $1
      je n'(\\p{L}+) > {S} n'$1
      je ne > {S} ne
      je > {S}
      nous > {S} et d'autres
      mon > son
      ma > sa
      mes > ses
      notre > leur
      nos > leurs
      moi > {S}
      ^suis > {S} est
      ^ai > {S} a
      ^(travaille|habite|aime|adore|déteste|mange|bois) > {S} $1
      {S} vis > {S} vit
      {S} sais > {S} sait
      {S} dois > {S} doit
      {S} bois > {S} boit
      {S} lis > {S} lit
    `),
    trim: /^(?:(?:à la|le|la|les|un|une|des|du|de|au|aux|à|très|maintenant|mon|ma|mes)\s+|l'|d'|à l')+|(?:\s+(?:maintenant|pas|plus|aussi|désormais|du tout|beaucoup))+$/gu,
    canonical: pairs(`
      végétarien=vegetarian végétarienne=vegetarian végane=vegan végan=vegan pescétarien=pescatarian pescétarienne=pescatarian casher=kosher sans_gluten=gluten_free
      chien=dog chienne=dog chat=cat chatte=cat lapin=rabbit cheval=horse perroquet=parrot tortue=turtle français=french anglais=english allemand=german espagnol=spanish
      italien=italian portugais=portuguese néerlandais=dutch russe=russian chinois=chinese japonais=japanese arabe=arabic loyer=rent poids=weight`),
    orders: {
      standing: words(
        "toujours|jamais|plus jamais|désormais|dorénavant|à partir de maintenant|à l'avenir|chaque fois|systématiquement",
      ),
      act: words(
        "réponds|répondez|répondre|écris|écrivez|parle|parlez|utilise|utilisez|propose|proposez|suggère|suggérez|recommande|mentionne|mentionnez|donne|donnez|sois|soyez|fais|faites|explique|évite|tutoie|vouvoie|cite|demande|garde",
      ),
      reply: words("réponds|répondez|répondre|parle|parlez|communique"),
      language: words(
        "en (?<v>français|anglais|allemand|espagnol|italien|portugais|néerlandais|russe|chinois|japonais|arabe)",
      ),
      callMe: words("(?:appelle|appelez)-moi"),
      text: "{S} demande : {o}",
    },
    least: 4,
    isSpaced: true,
  };
}
