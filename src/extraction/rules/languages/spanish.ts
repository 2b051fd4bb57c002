import { compiler, pairs, type LanguageTable } from "./language-table.ts";

const PET = "perro|perra|gato|gata|conejo|hámster|loro|tortuga|caballo";

/** Spanish. */
export function spanish(): LanguageTable {
  const { words, head, slot, rewrites } = compiler({
    and: "y|e|o|ni",
    stops:
      "pero|porque|ya que|desde|con|como|donde|ahora|no|para|por|en|actualmente|hace|cuando|que|más|mucho|también|desde|la semana|este|esta|el mes|el año|el \\d|a las|al lado",
  });
  return {
    firstPerson: words(
      "yo|mi|mis|me|conmigo|mío|mía|nosotros|nosotras|nuestr[oa]s?|vivo|vivía|trabajo|trabajaba|soy|estoy|tengo|tenemos|fui|voy|he|hemos|compré|vendí|odio|como|bebo|juego|toco|estudio|hablo|necesito|quiero|empecé|dejé|adopté|detesto|\\p{L}{2,}é",
    ),
    question: head("(?:¿|qué|quién|cómo|dónde|cuándo|cuál|cuánto|puedes|podrías|sabes)(?: .*)?"),
    hypothetical: words(
      "si (?:yo )?(?:fuera|tuviera|viviera|pudiera)|imagina|supongamos|me gustaría|quisiera|podría|según|dice que|dijo que|viviría|sería|ojalá",
    ),
    idle: head(
      "gracias|hola|buen[oa]s|adiós|hasta luego|de nada|es|eso|está|creo|pienso|espero|entiendo|no sé|sé|me alegro|lo siento|ayúdame|necesito (?:ayuda|tu)|quiero (?:saber|preguntar)|por favor",
    ),
    lead: /^(?:(?:(?:por cierto|bueno|entonces|pues|sí|no|ok|hola|en realidad|para que sepas|nota|corrección|perdón|importante)(?: \p{L}+)?)[,:!.…–-]+\s*|(?:(?:recuerda|recuerde|ten en cuenta|no olvides|apunta))[,: ]\s*(?:que )(?=\p{L}))+/u,
    split:
      /\s*[;–—]\s*|\s*,?\s+(?:y|pero)\s+(?=(?:yo|mi|mis|me|vivo|trabajo|soy|estoy|tengo|odio|no|como|bebo|juego|toco|estudio)\s)|\s*,\s*(?=(?:yo|mi|mis|me|vivo|trabajo|soy|estoy|tengo|ahora)\s)/gu,
    list: /\s*(?:,|\s(?:y|e|o|ni)\s)\s*/u,
    opener: /^(?:pero|porque|que|sobre todo|no|cuando|sino|así)(?!\p{L})/u,
    negated: words("no|nunca|ningún|ninguna|tampoco|ya no|jamás"),
    ended: words("ya no|no{x} más|dejé de|he dejado de"),
    former: words("antes|antiguamente|en el pasado|vivía|trabajaba|solía"),
    changed: words("ahora|actualmente|desde hoy|recientemente|nuev[oa]|a partir de ahora|últimamente"),
    corrected: words("en realidad|corrección|quise decir|quería decir|me equivoqué|de hecho"),
    slots: [
      ...slot("residence", "single", [
        "(?:vivo|vivía|vivimos|resido|estoy viviendo)(?: ahora| actualmente| ya)*{x} en (?:la ciudad de )?{v}",
      ]),
      ...slot(
        "residence",
        "single",
        ["(?:me mudé|me he mudado|nos mudamos|me trasladé|me fui a vivir|me acabo de mudar){x} a {v}"],
        { cue: "change" },
      ),
      ...slot("employer", "single", [
        "(?:trabajo|trabajaba|estoy trabajando)(?: ahora| actualmente)*{x} (?:en|para) {v}",
        "mi (?:empresa|empleador|jefe) es {v}",
      ]),
      ...slot(
        "employer",
        "single",
        ["(?:empecé|he empezado|comencé){x} (?:en|con) {v}", "me uní a {v}", "me cambié a {v}"],
        { cue: "change" },
      ),
      ...slot(
        "employer",
        "single",
        ["(?:dejé|renuncié a|he dejado) (?:mi (?:trabajo|puesto|empleo) en )?(?<v>[\\p{L}\\d]+)$"],
        { cue: "end" },
      ),
      ...slot("role", "single", ["(?:trabajo|estoy trabajando){x} como {v}"]),
      ...slot("name", "single", ["(?:me llamo|mi nombre es) {v}"]),
      ...slot("age", "single", ["tengo (?<v>\\d{1,3}) años"]),
      ...slot("dislikes", "multiple", ["(?:odio|detesto|no soporto) {v}"]),
      ...slot("likes", "multiple", ["me (?:gustan?|encantan?)(?: mucho| más)? {v}", "(?:amo|adoro) {v}"]),
      ...slot("favorite:{t}", "single", [
        "mi (?<t>\\p{L}+) (?:favorit[oa]|preferid[oa]) es(?: ahora)? (?:el |la )?{v}",
      ]),
      ...slot("diet", "single", [
        "(?:soy|me hice|me he hecho|me volví|como)(?: ahora| estrictamente| \\p{L}+)? (?<v>vegetarian[oa]|vegan[oa]|pescetarian[oa]|celíac[oa]|halal|kosher|sin gluten)",
      ]),
      ...slot("diet", "single", ["(?:no como|ya no como) carne"], { value: "vegetarian" }),
      ...slot("allergy", "multiple", ["alérgic[oa] {v}", "alergia {v}"]),
      ...slot("pet:{t}", "multiple", [
        `(?:tengo|tenemos) une?a? (?<t>${PET})(?: que se llama| llamad[oa]|,) {v}`,
        `mi (?<t>${PET}) se llama {v}`,
      ]),
      ...slot("owns", "multiple", ["(?:compré|me compré|he comprado|nos compramos|adopté) une?a?(?: nuev[oa])? {v}"], {
        cue: "change",
      }),
      ...slot("owns", "multiple", ["(?:vendí|he vendido|vendimos) (?:mi|el|la|nuestr[oa])(?: viej[oa])? {v}"], {
        cue: "end",
      }),
      ...slot("owns", "multiple", [
        `(?:tengo|tenemos) (?:une?a?|dos)? ?(?:nuev[oa] )?(?<v>${PET}|coche|carro|auto|bicicleta|moto|casa|jardín|guitarra|piano|barco|portátil)`,
      ]),
      ...slot(
        "schedule:{t}",
        "single",
        [
          "(?:mi|nuestr[oa]|el|la) {t} es(?: ahora)? (?:el |a las |en )?{v}",
          "(?:mi|nuestr[oa]|el|la) {t} está (?:previst[oa]|programad[oa]) (?:para )?(?:el |las )?{v}",
        ],
        { isMeasured: true },
      ),
      ...slot(
        "schedule:{t}",
        "single",
        [
          "(?:mi|nuestr[oa]|el|la) {t} (?:se movió|se cambió|se ha cambiado|se pospuso|fue cambiad[oa]|se aplazó) (?:al |a las |para el |a la |hasta el )?{v}",
        ],
        { cue: "change", isMeasured: true },
      ),
      ...slot("{t}", "single", ["(?:mi|nuestr[oa]) {t} (?:es de|es|cuesta)(?: ahora)? {v}"], { isMeasured: true }),
    ],
    rewrites: rewrites(`
      no me (gustan?|encantan?|interesan?) > a {S} no le $1
      me (gustan?|encantan?|interesan?|duelen?) > a {S} le $1
      me llamo > {S} se llama
      me (mudé|trasladé) > {S} se $1
      me hice > {S} se hizo
      me volví > {S} se volvió
      mudé > mudó
      trasladé > trasladó
      yo > {S}
      mi nombre > el nombre de {S}
      mis? > su
      nuestr[oa]s? > su
      soy > {S} es
      estoy > {S} está
      tengo > {S} tiene
      he > {S} ha
      voy > {S} va
      (viv|beb|com|le)o > {S} $1e
      (trabaj|habl|estudi|toc|odi|detest|am|ador|necesit)o > {S} $1a
      juego > {S} juega
      quiero > {S} quiere
      (compr|dej|empec|adopt|trabaj|estudi|viaj|visit)é > {S} $1ó
      empecó > empezó
      vendí > {S} vendió
      fui > {S} fue
      (vivía|trabajaba|solía) > {S} $1
      (?:{S} )+{S} > {S}
    `),
    trim: /^(?:(?:a los|a las|a la|al|a|el|la|los|las|un|una|unos|unas|muy|ahora|mi|mis|del|de)\s+)+|(?:\s+(?:ahora|ya|no|también|mucho|más))+$/gu,
    canonical: pairs(`
      vegetariano=vegetarian vegetariana=vegetarian vegano=vegan vegana=vegan pescetariano=pescatarian pescetariana=pescatarian celíaco=celiac celíaca=celiac sin_gluten=gluten_free
      perro=dog perra=dog gato=cat gata=cat conejo=rabbit caballo=horse loro=parrot tortuga=turtle español=spanish castellano=spanish inglés=english francés=french alemán=german
      italiano=italian portugués=portuguese neerlandés=dutch ruso=russian chino=chinese japonés=japanese árabe=arabic alquiler=rent peso=weight presupuesto=budget`),
    orders: {
      standing: words("siempre|nunca|jamás|de ahora en adelante|a partir de ahora|en el futuro|cada vez|en adelante"),
      act: words(
        "responde|responda|respóndeme|contesta|contéstame|escribe|habla|háblame|usa|usar|utiliza|sugieras|sugiere|recomiendes|recomienda|menciones|menciona|des|da|dame|sé|haz|explica|evita|trátame|propongas|propón|pregunta|cita|mantén",
      ),
      reply: words("responde|responda|respóndeme|contesta|contéstame|habla|háblame"),
      language: words(
        "en (?<v>español|castellano|inglés|francés|alemán|italiano|portugués|neerlandés|ruso|chino|japonés|árabe)",
      ),
      callMe: words("(?:llámame|dime|llámeme)"),
      text: "{S} pide: {o}",
    },
    least: 4,
    isSpaced: true,
  };
}
