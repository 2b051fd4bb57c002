import { pairs } from "./language-table.ts";

/** Who is what to the speaker, in a clause of another language. */
export interface NamedRelative {
  /** The slot: "family:sister", "friend". */
  readonly attribute: string;
  /** As written. */
  readonly name: string;
  /** Offsets of the words that say so. */
  readonly from: number;
  readonly to: number;
  /** The clause says nothing else. */
  readonly isWhole: boolean;
}

interface Speech {
  /** Words for relatives, in the forms in which they follow the possessive. */
  readonly words: ReadonlyMap<string, string>;
  /** Each has a name `n` and mostly a word `w`; the first ones say nothing but the name. */
  readonly naming: readonly RegExp[];
  readonly passing: readonly RegExp[];
}

/** A name: up to two words with a capital. */
const N = String.raw`(?<n>\p{Lu}[\p{L}’'-]{1,30}(?: \p{Lu}[\p{L}’'-]{1,30})?)`;
const END = String.raw`(?=\s*(?:[.,;!?)]|$))`;
const NEXT = String.raw`(?=[\s.,;!?)]|$)`;
const START = String.raw`(?<![\p{L}’'-])`;

const FAMILY = (slots: string): ReadonlyMap<string, string> =>
  new Map(
    [...pairs(slots)].map(([word, kin]) => [
      word,
      /^(?:friend|manager|colleague|neighbor|doctor|teacher|roommate)$/u.test(kin) ? kin : `family:${kin}`,
    ]),
  );

function wordOf(words: readonly string[]): string {
  return `(?<w>${words.toSorted((left, right) => right.length - left.length).join("|")})`;
}

function capitalized(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/**
 * `own`: the possessives, in any inflection; `named`: what stands between the word and the name where a name is given;
 * `is`: between a name and the possessive.
 */
function spaced(own: string, named: string, is: string, slots: string): Speech {
  const words = FAMILY(slots);
  // German nouns have a capital.
  const word = wordOf([...words.keys(), ...[...words.keys()].map(capitalized)]);
  const anyCase = own.replaceAll(/(?<![\p{L}\\[])\p{L}/gu, (letter) => `[${letter.toUpperCase()}${letter}]`);
  return {
    words,
    naming: [
      new RegExp(`^(?:${anyCase})\\s+${word}\\s+(?:${named})\\s+${N}${END}`, "u"),
      new RegExp(`^${N}\\s*(?:${is})\\s*(?:${anyCase})\\s+${word}${END}`, "u"),
    ],
    passing: [
      new RegExp(`${START}(?:${anyCase})\\s+${word},?\\s+(?:(?:${named})\\s+)?${N}${NEXT}`, "u"),
      new RegExp(`${START}${N},\\s*(?:${anyCase})\\s+${word}${END}`, "u"),
    ],
  };
}

/** Without spaces or capitals a name shows only by the words around it. */
function unspaced(slots: string, patterns: readonly string[]): Speech {
  const words = FAMILY(slots);
  const word = wordOf([...words.keys()]);
  return { words, naming: patterns.map((pattern) => new RegExp(pattern.replace("{w}", word), "u")), passing: [] };
}

const SPEECHES: Readonly<Record<string, () => Speech>> = {
  de: () =>
    spaced(
      "mein(?:e|er|em|en)?|unser(?:e|er|em|en)?",
      "heißt|heisst|namens|nennt sich",
      "ist",
      `schwester=sister bruder=brother mutter=mother mama=mother vater=father papa=father frau=partner ehefrau=partner mann=partner ehemann=partner freundin=friend freund=friend
       tochter=daughter sohn=son oma=grandmother großmutter=grandmother opa=grandfather großvater=grandfather tante=aunt onkel=uncle cousine=cousin cousin=cousin nichte=niece neffe=nephew
       chef=manager chefin=manager kollege=colleague kollegin=colleague nachbar=neighbor nachbarin=neighbor verlobte=partner partnerin=partner partner=partner schwägerin=sister-in-law schwager=brother-in-law`,
    ),
  fr: () =>
    spaced(
      "ma|mon|notre",
      "s['’]appelle|est|se nomme|se prénomme|c['’]est",
      "est|, c['’]est",
      `sœur=sister soeur=sister frère=brother mère=mother maman=mother père=father papa=father femme=partner épouse=partner mari=partner fille=daughter fils=son grand-mère=grandmother
       grand-père=grandfather tante=aunt oncle=uncle cousine=cousin cousin=cousin nièce=niece neveu=nephew amie=friend ami=friend copine=partner copain=partner fiancée=partner fiancé=partner
       chef=manager cheffe=manager patron=manager patronne=manager collègue=colleague voisine=neighbor voisin=neighbor belle-sœur=sister-in-law beau-frère=brother-in-law belle-mère=mother-in-law beau-père=father-in-law`,
    ),
  es: () =>
    spaced(
      "mi|nuestra|nuestro",
      "se llama|es|llamada|llamado",
      "es",
      `hermana=sister hermano=brother madre=mother mamá=mother padre=father papá=father mujer=partner esposa=partner marido=partner esposo=partner hija=daughter hijo=son abuela=grandmother abuelo=grandfather
       tía=aunt tío=uncle prima=cousin primo=cousin sobrina=niece sobrino=nephew amiga=friend amigo=friend novia=partner novio=partner pareja=partner jefa=manager jefe=manager
       compañera=colleague compañero=colleague vecina=neighbor vecino=neighbor cuñada=sister-in-law cuñado=brother-in-law suegra=mother-in-law suegro=father-in-law`,
    ),
  it: () =>
    spaced(
      "(?:la |il )?(?:mia|mio|nostra|nostro)",
      "si chiama|è|di nome",
      "è",
      `sorella=sister fratello=brother madre=mother mamma=mother padre=father papà=father babbo=father moglie=partner marito=partner figlia=daughter figlio=son nonna=grandmother nonno=grandfather
       zia=aunt zio=uncle cugina=cousin cugino=cousin nipote=niece amica=friend amico=friend ragazza=partner ragazzo=partner fidanzata=partner fidanzato=partner compagna=partner compagno=partner
       capo=manager collega=colleague vicina=neighbor vicino=neighbor cognata=sister-in-law cognato=brother-in-law suocera=mother-in-law suocero=father-in-law`,
    ),
  pt: () =>
    spaced(
      "(?:a |o )?(?:minha|meu|nossa|nosso)",
      "se chama|chama-se|é|é a|é o|chamada|chamado",
      "é",
      `irmã=sister irmão=brother mãe=mother pai=father esposa=partner mulher=partner marido=partner esposo=partner filha=daughter filho=son avó=grandmother avô=grandfather tia=aunt tio=uncle
       prima=cousin primo=cousin sobrinha=niece sobrinho=nephew amiga=friend amigo=friend namorada=partner namorado=partner noiva=partner noivo=partner chefe=manager colega=colleague
       vizinha=neighbor vizinho=neighbor cunhada=sister-in-law cunhado=brother-in-law sogra=mother-in-law sogro=father-in-law`,
    ),
  nl: () =>
    spaced(
      "mijn|onze|m['’]n",
      "heet|is|genaamd",
      "is",
      `zus=sister zusje=sister broer=brother broertje=brother moeder=mother mama=mother vader=father papa=father vrouw=partner man=partner echtgenoot=partner echtgenote=partner dochter=daughter zoon=son
       oma=grandmother opa=grandfather tante=aunt oom=uncle nicht=cousin neef=cousin vriendin=friend vriend=friend baas=manager collega=colleague buurvrouw=neighbor buurman=neighbor verloofde=partner
       schoonzus=sister-in-law zwager=brother-in-law schoonmoeder=mother-in-law schoonvader=father-in-law`,
    ),
  ru: () =>
    spaced(
      "мо(?:й|я|ю|его|ей|ему)|наш(?:а|у|его)?",
      "зовут|звать|—|-|это",
      "—|-|это|— это",
      `сестра=sister сестру=sister брат=brother брата=brother мама=mother маму=mother мать=mother папа=father папу=father отец=father отца=father жена=partner жену=partner муж=partner мужа=partner
       дочь=daughter дочку=daughter дочка=daughter сын=son сына=son бабушка=grandmother бабушку=grandmother дедушка=grandfather дедушку=grandfather тётя=aunt тётю=aunt дядя=uncle дядю=uncle
       друг=friend друга=friend подруга=friend подругу=friend начальник=manager начальника=manager коллега=colleague коллегу=colleague сосед=neighbor соседа=neighbor соседка=neighbor соседку=neighbor
       племянница=niece племянник=nephew`,
    ),
  zh: () =>
    unspaced(
      `姐姐=sister 妹妹=sister 哥哥=brother 弟弟=brother 妈妈=mother 母亲=mother 爸爸=father 父亲=father 妻子=partner 老婆=partner 太太=partner 丈夫=partner 老公=partner 女朋友=partner 男朋友=partner 女儿=daughter 儿子=son
       奶奶=grandmother 外婆=grandmother 爷爷=grandfather 外公=grandfather 阿姨=aunt 姑姑=aunt 叔叔=uncle 舅舅=uncle 表姐=cousin 表妹=cousin 表哥=cousin 堂哥=cousin 朋友=friend 同事=colleague 老板=manager 邻居=neighbor 室友=roommate`,
      [
        String.raw`^我(?:们)?的?{w}(?:的名字)?(?:名字叫|名叫|叫做|叫|的名字是|名字是)(?<n>(?![我你他她它们])[\p{Script=Han}·]{2,5}|[A-Z][\p{L}]{1,20})(?=\s*(?:[。，！,.!]|$))`,
        String.raw`^(?<n>(?![我你他她这那])[\p{Script=Han}·]{2,4}|[A-Z][\p{L}]{1,20})是我(?:们)?的?{w}(?=\s*(?:[。，！,.!]|$))`,
      ],
    ),
  ja: () =>
    unspaced(
      `お姉さん=sister 姉=sister 妹=sister お兄さん=brother 兄=brother 弟=brother 母=mother お母さん=mother 父=father お父さん=father 妻=partner 夫=partner 彼女=partner 彼氏=partner 娘=daughter 息子=son 祖母=grandmother
       祖父=grandfather 叔母=aunt 叔父=uncle いとこ=cousin 姪=niece 甥=nephew 友達=friend 友人=friend 同僚=colleague 上司=manager 隣人=neighbor`,
      [
        String.raw`^(?:(?:私|僕|俺|うち)の)?{w}の名前は(?<n>[\p{L}ー・]{1,12}?)(?:さん|ちゃん|くん|君)?(?:です|だ|といいます|と言います)?(?=\s*(?:[。、！,.!]|$))`,
        String.raw`^(?:(?:私|僕|俺|うち)の)?{w}は(?<n>[\p{L}ー・]{1,12}?)(?:さん|ちゃん|くん|君)?(?:といいます|と言います|という名前です|って名前です)(?=\s*(?:[。、！,.!]|$))`,
        String.raw`^(?<n>[\p{L}ー・]{1,10}?)(?:さん|ちゃん|くん|君)?は(?:私|僕|俺|うち)の{w}(?:です|だ)(?=\s*(?:[。、！,.!]|$))`,
      ],
    ),
  ar: () =>
    unspaced(
      `أختي=sister أخي=brother أمي=mother والدتي=mother أبي=father والدي=father زوجتي=partner زوجي=partner خطيبتي=partner خطيبي=partner ابنتي=daughter ابني=son جدتي=grandmother جدي=grandfather خالتي=aunt عمتي=aunt
       خالي=uncle عمي=uncle صديقتي=friend صديقي=friend مديري=manager مديرتي=manager زميلي=colleague زميلتي=colleague جاري=neighbor جارتي=neighbor`,
      [
        String.raw`^(?:اسم )?{w} (?:اسمها |اسمه |تدعى |يدعى |هي |هو )?(?<n>(?:(?<=اسم [^ ]+ |اسمها |اسمه |تدعى |يدعى )[\p{L}]{2,20}(?: [\p{L}]{2,20})?))(?=\s*(?:[.،,!]|$))`,
        String.raw`^(?<n>[\p{L}]{2,20}) (?:هي|هو) {w}(?=\s*(?:[.،,!]|$))`,
      ],
    ),
};

const built = new Map<string, Speech>();

function speechOf(language: string): Speech | undefined {
  let found = built.get(language);
  if (found === undefined) {
    found = SPEECHES[language]?.();
    if (found !== undefined) built.set(language, found);
  }
  return found;
}

/** Longer clauses tell stories. */
const LONGEST = 300;

/** Who the clause says is what to the speaker; undefined for most. */
export function readRelative(text: string, language: string): NamedRelative | undefined {
  if (text.length > LONGEST) return undefined;
  const speech = speechOf(language);
  if (speech === undefined) return undefined;
  for (const [isWhole, patterns] of [
    [true, speech.naming],
    [false, speech.passing],
  ] as const) {
    for (const pattern of patterns) {
      const match = pattern.exec(text);
      const attribute = speech.words.get(match?.groups?.["w"]?.toLowerCase() ?? "");
      if (match === null || attribute === undefined) continue;
      return {
        attribute,
        name: (match.groups?.["n"] ?? "").trim(),
        from: match.index,
        to: match.index + match[0].length,
        isWhole: isWhole && match[0].length >= text.length - 1,
      };
    }
  }
  return undefined;
}

/** "meine Schwester" and "mi hermana" as the graph keeps such names: "sister"; undefined for other words. */
export function relativeWord(phrase: string): string | undefined {
  const lower = phrase.trim().toLowerCase();
  const spoken =
    /^(?:meine?|unsere?|ma|mon|notre|mi|nuestr[ao]|(?:la |il )?mi[ao]|(?:a |o )?(?:minha|meu)|mijn|моя|мой|我的?|(?:私|僕)の) ?(?<w>\S+)$/u.exec(
      lower,
    )?.groups?.["w"];
  for (const language of Object.keys(SPEECHES)) {
    const attribute = speechOf(language)?.words.get(language === "ar" ? lower : (spoken ?? ""));
    if (attribute !== undefined) return attribute.replace(/^family:/u, "");
  }
  return undefined;
}
