import { compiler, pairs, type LanguageTable } from "./language-table.ts";

const PET = "cachorro|cachorra|cão|cadela|gato|gata|coelho|hamster|papagaio|tartaruga|cavalo";

/** Portuguese of Portugal and Brazil. */
export function portuguese(): LanguageTable {
  const { words, head, slot, rewrites } = compiler({
    and: "e|ou|nem",
    stops:
      "mas|porque|pois|desde|com|como|onde|agora|não|para|por|em|atualmente|há|quando|que|mais|muito|também|esta|este|no mês|na semana|no ano|às \\d|o mês",
  });
  return {
    firstPerson: words(
      "eu|meu|minha|meus|minhas|me|mim|nós|nosso|nossa|moro|morava|vivo|vivia|trabalho|trabalhava|sou|estou|tenho|temos|fui|vou|comprei|vendi|odeio|detesto|amo|adoro|gosto|como|bebo|toco|jogo|estudo|falo|\\p{L}{2,}ei|mudei-me|chamo-me",
    ),
    question: head("(?:o que|que|quem|como|onde|quando|por que|qual|quanto|você pode|pode|poderia|sabe)(?: .*)?"),
    hypothetical: words(
      "se eu (?:fosse|tivesse|pudesse|morasse)|imagine|imagina|suponha|gostaria|queria|poderia|segundo|disse que|diz que|seria|tomara",
    ),
    idle: head(
      "obrigad[oa]|olá|oi|bom dia|boa (?:tarde|noite)|tchau|até logo|de nada|é|isso|acho|penso|espero|entendo|não sei|sei|desculpe?|lamento|me ajude|preciso de (?:ajuda|um conselho)|por favor",
    ),
    lead: /^(?:(?:(?:aliás|a propósito|bom|então|sim|não|ok|olá|oi|na verdade|nota|só para constar|correção|desculpe?|importante)(?: \p{L}+)?)[,:!.…–-]+\s*|(?:(?:lembre-se|lembra-te|lembre|lembra|não se esqueça|não esqueça|não te esqueças|anote|saiba))[,: ]\s*(?:(?:de )?que )(?=\p{L}))+/u,
    split:
      /\s*[;–—]\s*|\s*,?\s+(?:e|mas)\s+(?=(?:eu|meu|minha|moro|vivo|trabalho|sou|estou|tenho|odeio|gosto|não|como|bebo|toco|estudo)\s)|\s*,\s*(?=(?:eu|meu|minha|moro|vivo|trabalho|sou|estou|tenho|agora)\s)/gu,
    list: /\s*(?:,|\s(?:e|ou|nem)\s)\s*/u,
    opener: /^(?:mas|porque|que|sobretudo|não|quando|pois)(?!\p{L})/u,
    negated: words("não|nunca|nenhum|nenhuma|jamais"),
    ended: words("já não|não{x} mais|deixei de|parei de"),
    former: words("antes|antigamente|no passado|morava|vivia|trabalhava|costumava"),
    changed: words("agora|atualmente|recentemente|nov[oa]|a partir de agora|de agora em diante|hoje em dia"),
    corrected: words("na verdade|correção|quis dizer|queria dizer|enganei-me|me enganei|aliás"),
    slots: [
      ...slot("residence", "single", [
        "(?:moro|morava|vivo|vivia|moramos|vivemos|resido|estou morando)(?: mais| agora| atualmente)*{x} (?:em|no|na|nos) {v}",
      ]),
      ...slot("residence", "single", ["(?:me mudei|mudei-me|mudei|nos mudamos){x} (?:para o|para a|para|pra) {v}"], {
        cue: "change",
      }),
      ...slot("employer", "single", [
        "(?:trabalho|trabalhava|estou trabalhando|estou a trabalhar)(?: mais| agora| atualmente)*{x} (?:em|na|no|para a|para o|para) {v}",
        "(?:meu empregador|minha empresa) é {v}",
      ]),
      ...slot("employer", "single", ["(?:comecei|entrei|iniciei){x} (?:em|na|no) {v}", "mudei de emprego para {v}"], {
        cue: "change",
      }),
      ...slot(
        "employer",
        "single",
        [
          "(?:saí|pedi demissão|me demiti|demiti-me) (?:da|do|de) {v}",
          "deixei (?:o meu emprego (?:na|no|em) )?(?:a )?(?<v>[\\p{L}\\d]+)$",
        ],
        { cue: "end" },
      ),
      ...slot("role", "single", ["(?:trabalho|estou trabalhando){x} como {v}"]),
      ...slot("name", "single", ["(?:me chamo|chamo-me|meu nome é) {v}"]),
      ...slot("age", "single", ["tenho (?<v>\\d{1,3}) anos"]),
      ...slot("dislikes", "multiple", ["(?:odeio|detesto|não suporto) {v}"]),
      ...slot("likes", "multiple", ["(?:gosto|gostava)(?: mais| muito)* {v}", "(?:amo|adoro) {v}"]),
      ...slot("favorite:{t}", "single", [
        "(?:meu|minha) (?<t>\\p{L}+) (?:favorit[oa]|preferid[oa]) é(?: agora)? (?:o |a )?{v}",
      ]),
      ...slot("diet", "single", [
        "(?:sou|virei|me tornei|tornei-me|como)(?: agora| \\p{L}+)? (?<v>vegetarian[oa]|vegan[oa]|pescetarian[oa]|celíac[oa]|halal|kosher|sem glúten)",
      ]),
      ...slot("diet", "single", ["(?:não como|já não como)(?: mais)? carne"], { value: "vegetarian" }),
      ...slot("allergy", "multiple", ["(?:alérgic[oa]|alergia) {v}"]),
      ...slot("pet:{t}", "multiple", [
        `(?:tenho|temos) uma? (?<t>${PET})(?: que se chama| chamad[oa]|,) {v}`,
        `(?:meu|minha) (?<t>${PET}) (?:se chama|chama-se) {v}`,
      ]),
      ...slot("owns", "multiple", ["(?:comprei|compramos|adotei) uma?(?: nov[oa])? {v}"], { cue: "change" }),
      ...slot("owns", "multiple", ["(?:vendi|vendemos) (?:o meu|a minha|meu|minha|o|a)(?: velh[oa])? {v}"], {
        cue: "end",
      }),
      ...slot("owns", "multiple", [
        `(?:tenho|temos) (?:uma?|dois|duas) (?:nov[oa] )?(?<v>${PET}|carro|bicicleta|moto|casa|jardim|violão|guitarra|piano|barco|portátil)`,
      ]),
      ...slot(
        "schedule:{t}",
        "single",
        [
          "(?:meu|minha|o|a|nosso|nossa) {t} (?:é|está marcad[oa]|será)(?: agora)? (?:no dia |na |no |às |em |para )*{v}",
        ],
        { isMeasured: true },
      ),
      ...slot(
        "schedule:{t}",
        "single",
        [
          "(?:meu|minha|o|a|nosso|nossa) {t} (?:foi|passou) (?:adiad[oa] |remarcad[oa] |mudad[oa] |antecipad[oa] )?(?:para (?:o dia |a |as |o )?|às ){v}",
        ],
        { cue: "change", isMeasured: true },
      ),
      ...slot("{t}", "single", ["(?:meu|minha) {t} (?:é de|é|custa)(?: agora)? {v}"], { isMeasured: true }),
    ],
    rewrites: rewrites(`
      (?:me chamo|chamo-me) > {S} se chama
      (?:me mudei|mudei-me) > {S} se mudou
      mudei > {S} mudou
      (?:me tornei|tornei-me) > {S} se tornou
      eu > {S}
      sou > {S} é
      estou > {S} está
      tenho > {S} tem
      vou > {S} vai
      fui > {S} foi
      odeio > {S} odeia
      (viv|beb|com)o > {S} $1e
      (mor|trabalh|fal|estud|toc|jog|am|ador|gost|detest)o > {S} $1a
      (compr|adot|entr|viaj|visit|trabalh|estud|vir|deix)ei > {S} $1ou
      comecei > {S} começou
      vendi > {S} vendeu
      saí > {S} saiu
      (morava|vivia|trabalhava|costumava) > {S} $1
      não {S} > {S} não
      já {S} > {S} já
      (?:o )?meu nome > o nome de {S}
      (?:o )?meu > seu
      (?:a )?minha > sua
      (?:meus|minhas) > seus
      (?:me|mim) > se
      {S} {S} > {S}
    `),
    trim: /^(?:(?:aos|às|ao|à|dos|das|o|a|os|as|um|uma|muito|agora|meu|minha|do|da|de)\s+)+|(?:\s+(?:agora|já|não|também|muito|mais))+$/gu,
    canonical: pairs(`
      vegetariano=vegetarian vegetariana=vegetarian vegano=vegan vegana=vegan pescetariano=pescatarian pescetariana=pescatarian celíaco=celiac celíaca=celiac sem_glúten=gluten_free
      cachorro=dog cachorra=dog cão=dog cadela=dog gato=cat gata=cat coelho=rabbit cavalo=horse papagaio=parrot tartaruga=turtle português=portuguese inglês=english francês=french
      alemão=german espanhol=spanish italiano=italian holandês=dutch russo=russian chinês=chinese japonês=japanese árabe=arabic aluguel=rent renda=rent peso=weight`),
    orders: {
      standing: words(
        "sempre|nunca|nunca mais|jamais|a partir de agora|de agora em diante|no futuro|toda vez|daqui em diante",
      ),
      act: words(
        "responda|responde|responder|escreva|escreve|fale|fala|use|usa|usar|utilize|sugira|sugere|recomende|recomenda|mencione|menciona|dê|dá|seja|explique|explica|evite|evita|proponha|cite|pergunte|mantenha",
      ),
      reply: words("responda|responde|responder|fale|fala"),
      language: words("em (?<v>português|inglês|francês|alemão|espanhol|italiano|holandês|russo|chinês|japonês|árabe)"),
      callMe: words("(?:me chame|me chama|chame-me|chama-me|pode me chamar)(?: de)?"),
      text: "{S} pede: {o}",
    },
    least: 4,
    isSpaced: true,
  };
}
