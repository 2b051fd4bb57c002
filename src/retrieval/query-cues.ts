/** What kind of answer a question wants; it decides between views and how many hits. */
export type QueryShape = "list" | "count" | "compare" | "order" | "preference" | "instruction" | "summary" | "plain";

const ASKS_WHEN =
  /^\s*(?:when\b|how long\b|what (?:date|day|month|year)\b|in which (?:month|year)\b|which (?:month|year)\b|wann\b|seit wann\b|quand\b|cu[aá]ndo\b|quando\b|wanneer\b|когда(?!\p{L})|متى)|什么时候|何时|哪一?[年天]|いつ|언제/iu;

/** True for a question for a time, in the words of the measured recipe and their like in other languages. */
export function asksWhen(query: string): boolean {
  return ASKS_WHEN.test(query);
}

export type TemporalCue = "order" | "duration" | "as-of" | "upcoming" | "latest" | "first";

// The first that fits wins: "how long until the next trip" wants a duration.
const TEMPORAL_CUES: readonly (readonly [TemporalCue, RegExp])[] = [
  [
    "order",
    /\b(?:in (?:what|which) order|(?:the |chronological )order (?:of|in which)|chronolog\w*|sequence of|(?:came|happened|occurred|did i \w+|was|started) (?:first|earlier|later)\b.*\bor\b|(?:which|who|what)\b.*\b(?:came|happened|occurred|did) first\b|(?:first|earlier),? .+ or .+\?|before or after|timeline|reihenfolge|dans quel ordre|en qu[eé] orden|in che ordine|em que ordem|welke volgorde)\b|в каком порядке|顺序|順番/iu,
  ],
  [
    "duration",
    /\bhow long\b(?! ago)|\bhow many (?:days|weeks|months|years|hours|minutes)\b|\bwie lange\b|\bcombien de temps\b|\bcu[aá]nto tiempo\b|\bquanto tempo\b|\bhoe lang\b|как долго|сколько (?:времени|дней|лет|месяцев)|多久|多长时间|どのくらいの期間|どれくらい/iu,
  ],
  [
    "as-of",
    /\b(?:as of|back then|at (?:that|the) time|used? to (?:be|live|work|have|own|like|do|drive|go|play|think|eat)|formerly|previous(?:ly)?|no longer|(?:before|until) (?:i|he|she|they|we|\p{Lu}\p{L}+) (?:\w+ )?(?:moved|changed|switched|left|started|quit|got|bought|sold|became|married|joined)|old (?:job|address|phone|number|apartment|house|car|boss|employer)|damals|früher|à l['’]époque|avant de|en aquel entonces|antes de|all['’]epoca|naquela época|destijds|vroeger)\b|раньше|тогда|以前|当时|當時|当時|かつて/iu,
  ],
  [
    "upcoming",
    /\b(?:will|going to|upcoming|coming up|scheduled|plan(?:s|ned|ning)?(?: to| for)?|in the future|due|deadline|tomorrow|next (?:week|month|year|weekend|\w+day|appointment|trip|meeting|step|event|time)|agenda|kommende\w*|nächste\w*|demnächst|prochaine?s?|à venir|próxim[oa]s?|prossim[oaie]|volgende|aankomende)\b|будет|следующ|предстоящ|将要|下次|即将|これから|今後|次の/iu,
  ],
  [
    "latest",
    /\b(?:now|currently|current|still|latest|most recent(?:ly)?|recently|these days|nowadays|at the moment|right now|last time|newest|up[- ]to[- ]date|as it stands|anymore|jetzt|aktuell\w*|derzeit|zuletzt|momentan|noch|actuellement|maintenant|actuel\w*|dernièrement|ahora|actualmente|actual|últimamente|adesso|attualmente|ultimamente|agora|atualmente|nu|momenteel|tegenwoordig)\b|сейчас|теперь|сегодня|последн|现在|目前|最近|最新|今は|現在/iu,
  ],
  [
    "first",
    /\b(?:first|originally|initially|earliest|original|at first|zuerst|ursprünglich|zum ersten mal|d['’]abord|première fois|primera vez|originalmente|la prima volta|primeira vez|de eerste keer)\b|впервые|первый раз|第一次|最初|初めて/iu,
  ],
];

export function temporalCue(query: string): TemporalCue | undefined {
  return TEMPORAL_CUES.find(([, pattern]) => pattern.test(query))?.[0];
}

/** Questions after what was the case, which a past date turns into "as of then". */
const STATE =
  /\b(?:live|lived|living|work|worked|working|job|employer|address|phone|own|owned|married|dating|boss|manager|role|title|weigh|weighed|salary|rent|diet|called|named|drive|drove|status|favou?rite|wohnte|lebte|arbeitete|habitait|vivía|trabajaba|viveva|morava|woonde)\b|жил|работал|住|工作/iu;

export function asksForState(query: string): boolean {
  return STATE.test(query);
}

const SAYING =
  "say|said|suggest(?:ed)?|recommend(?:ed)?|tell|told|mention(?:ed)?|advise[d]?|propose[d]?|explain(?:ed)?|give|gave|given|list(?:ed)?|provide[d]?|write|wrote|written|describe[d]?|answer(?:ed)?|share[d]?|point(?:ed)? out|come up with|came up with|recommendation|promise[d]?|offer(?:ed)?|call(?:ed)?|show(?:ed)?";
const SAID =
  "said|suggested|recommended|told|mentioned|advised|proposed|explained|gave|given|listed|provided|wrote|written|described|answered|shared|pointed out|came up with|promised|offered|showed";
const ABOUT_ASSISTANT: readonly RegExp[] = [
  new RegExp(`\\b(?:did|have|had|were|was it that|do)\\s+you\\b[^.?!]*\\b(?:${SAYING})\\b`, "iu"),
  new RegExp(
    `\\byou(?:'ve|’ve| have| had| just| previously| earlier| once| also)*\\s+(?:${SAID})\\b(?! (?:i|we)\\b)`,
    "iu",
  ),
  /\byour (?:\w+ )?(?:suggestions?|recommendations?|advice|answers?|response|reply|explanation|opinion|proposal|list)\b/iu,
  new RegExp(`\\b(?:assistant|chatbot|the (?:ai|bot|model))\\b[^.?!]*\\b(?:${SAYING})\\b`, "iu"),
  /\b(?:hast|habt|haben) (?:du|ihr|sie)\b[^.?!]*\b(?:gesagt|empfohlen|vorgeschlagen|geraten|erwähnt|erklärt)\b/iu,
  /(?:\bm['’]as[- ]tu|\btu m['’]as|\bm['’]avez[- ]vous|\bvous m['’]avez|\bas[- ]tu) (?:dit|conseill|recommand|suggér|propos|expliqu)/iu,
  /\bme (?:dijiste|recomendaste|sugeriste|aconsejaste|propusiste|has (?:dicho|recomendado|sugerido))\b/iu,
  /\bmi hai (?:detto|consigliato|suggerito|raccomandato|proposto)\b/iu,
  /\bvocê (?:me )?(?:disse|recomendou|sugeriu|aconselhou)\b|\bme disseste\b/iu,
  /\b(?:heb|had) (?:je|jij|u)\b[^.?!]*\b(?:gezegd|aangeraden|voorgesteld|aanbevolen)\b/iu,
  /(?:ты|вы) (?:мне )?(?:сказал|советовал|посоветовал|рекомендовал|порекомендовал|предлагал|предложил)/iu,
  /你(?:之前|上次|刚才|刚刚|曾经|给我|跟我|对我)*(?:说|推荐|建议|告诉|提到|提议)/u,
  /(?:あなた|君)(?:が|は)?.{0,12}(?:言|勧|薦|提案|教え)|(?:おすすめ|勧め|薦め|提案し|教え)て?くれ/u,
];

export function asksAboutAssistant(query: string): boolean {
  return ABOUT_ASSISTANT.some((pattern) => pattern.test(query));
}

/** "Tell me" and the like speak to the assistant, not about the asker. */
const ADDRESSED =
  /\b(?:tell|remind|give|show|help|let|send|write|catch|update|can you|could you|please) (?:me|us)\b|\blet's\b/giu;
const FIRST_PERSON =
  /(?<![\p{L}\p{N}])(?:i|i'm|i’m|i've|i’ve|my|mine|me|myself|we|our|ours|us|ich|mein|meine|meinen|meiner|meinem|mir|mich|wir|unser|unsere|je|j['’]\p{L}+|mon|mes|moi|nous|notre|yo|mis|mío|mía|nuestro|nuestra|io|mio|mia|miei|mie|meu|meus|minha|minhas|ik|mijn|я|мне|меня|мой|моя|моё|мои|мы|наш|наша|أنا)(?![\p{L}\p{N}])|我|咱|私|僕|俺|나는|내가|제가|저는/iu;

export function isFirstPerson(query: string): boolean {
  return FIRST_PERSON.test(query.replaceAll(ADDRESSED, " "));
}

// The first that fits wins.
const SHAPES: readonly (readonly [QueryShape, RegExp])[] = [
  [
    "count",
    /\bhow (?:many|often)\b|\b(?:number of|count of|in total|total number|how many times|wie viele|wie oft|combien (?:de|d['’])|cu[aá]nt[oa]s|quant[ie]|quant[oa]s|hoeveel|hoe vaak)\b|сколько|多少(?!钱)|几(?:个|次|本|只)|いくつ|何回|何人/iu,
  ],
  [
    "summary",
    /\b(?:summar\w+|overview|recap|catch me up|gist|tl;?dr|everything (?:about|you know)|tell me (?:all|everything)|progress (?:so far|report)|how (?:has|have|did) .+ (?:progress|evolve|develop|change)\w*|zusammenfass\w*|r[eé]sum\w+|resum\w+|riassu\w+|samenvat\w*)\b|резюм|подытож|总结|概括|要約|まとめ/iu,
  ],
  [
    "compare",
    /\b(?:compare\w*|comparison|difference between|differ\b|versus|vs\.?|in common|both|similar(?:ities)?|rather than|(?:better|worse|more|cheaper|older|younger|longer|bigger|faster)\b.*\bor\b|vergleich\w*|unterschied|compar[aeo]\w*|différence|diferencia|differenza|diferença|verschil)\b|сравн|比较|区别|比べ|違い/iu,
  ],
  [
    "instruction",
    /\b(?:(?:what|which) (?:rules?|instructions?|guidelines?)|how should you|should you always|(?:want|ask(?:ed)?|told|tell|like|expect) you to|(?:always|never) (?:do|use|answer|reply|call|include|write|avoid)|standing instructions?|your instructions|format .* (?:answers?|replies|responses))\b|规则|指示/iu,
  ],
  [
    "preference",
    /^\s*(?:please )?(?:recommend|suggest)\b|\b(?:(?:can|could|would|do) you (?:please )?(?:recommend|suggest)|(?:any|some) (?:recommendations?|suggestions?|ideas|tips|advice)|what (?:should|could|can) (?:i|we)|should (?:i|we)|favou?rite|prefer\w*|like (?:best|most)|can i (?:cook|eat|watch|read|do)|help me (?:plan|choose|decide|pick)|empfiehl\w*|empfehl\w*|lieblings\w*|recommand\w*|préfér\w*|recomiend\w*|recomend\w*|favorit\w*|preferi\w*|consigl\w+|aanbevel\w*|lievelings\w*)\b|посовет|порекоменд|любим|推荐|喜欢|おすすめ|好き/iu,
  ],
  [
    "list",
    /\b(?:list|all (?:the|of|my|his|her|their)|name (?:all|the|every|three|two|some)|every|each|kinds? of|types? of|what else|who all|which of|liste|auflist\w*|alle|tous|toutes|todos|todas|tutt[ie]|alles?)\b|перечисл|все (?:мои|его|её|их)|列出|所有|哪些|一覧|全部/iu,
  ],
];

/** "What activities does …", "which books …": a plural after the question word. */
const PLURAL_ASKED =
  /^\s*(?:what|which)(?: are| were)?(?: the| some| my)?(?: \p{Ll}[\p{L}-]*(?<!\b(?:is|was|does|has|did|do|are|will|of|in|for))){0,2} (?!(?:was|does|is|has|this|its|his|hers|yes|address|class|bus|status|business|process|series|news|always|previous)\b)\p{Ll}{2,}(?<![sui])s\b/iu;

const LIKING = /\b(?:do|would|does|might) (?:i|we|he|she|they|\p{Lu}\p{L}+) (?:like|enjoy|love|want|hate)\b/iu;

export function shapeOf(query: string, cue: TemporalCue | undefined): QueryShape {
  if (cue === "order") return "order";
  const shape = SHAPES.find(([, pattern]) => pattern.test(query))?.[0];
  if (shape === "count" && cue === "duration") return "plain";
  if (shape !== undefined) return shape;
  if (PLURAL_ASKED.test(query)) return "list";
  return LIKING.test(query) ? "preference" : "plain";
}
