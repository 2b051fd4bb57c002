import type { DigestSection } from "../../domain/digest.ts";

type Section = Exclude<DigestSection, "asked" | "learned">;

/** What a language says of finished, decided and open work, as alternatives of one expression each. */
interface Cues {
  readonly open: string;
  readonly decided: string;
  readonly done: string;
  /** How sentences begin that ask, wish or imagine. */
  readonly unreal: string;
  /** Words are not spaced: no boundaries. */
  readonly isUnspaced?: true;
}

/** Names and signs before a colon are the same kind of cue everywhere: "TODO:", "Decision:". */
const CUES: Readonly<Record<string, Cues>> = {
  de: {
    open: "noch (?:nicht|kein\\p{L}*|offen|zu|ausstehend|fehlt|fehlen|machen|prüfen|klären|testen)|(?:ich|wir|du) (?:muss|müssen|musst|sollte|sollten|solltest)(?: \\p{L}+){0,2}? (?:noch|später|morgen)|(?:ich|wir) (?:muss|müssen)|muss(?:en|t)? noch|steht noch aus|stehen noch aus|bleibt noch|bleibt offen|fehlt noch|warte(?:n)? (?:noch )?auf|(?:erinnere|erinner) mich|nicht vergessen|nächste schritte?|offene? (?:frage|punkt|aufgabe)\\p{L}*|(?:morgen|später|nächste woche|beim nächsten mal) (?:werde|mache|machen|werden|muss|müssen|schaue|prüfe)",
    decided: "(?:habe|haben|hat|wurde|ist) (?:uns |mich |sich )?(?:[^.!?]{0,60} )?(?:entschieden|beschlossen|geeinigt|festgelegt)|wir (?:nehmen|bleiben bei|verwenden|nutzen|machen|lassen|verzichten auf|setzen auf|gehen mit)|lass(?:t)? uns|entscheidung|beschluss|abgemacht|einverstanden|wir einigen uns|ich (?:nehme|bleibe bei|verzichte auf|entscheide mich)",
    done: "(?:ich|wir) (?:habe|haben)(?: [^!?,]{1,80})? (?:ge\\p{L}{2,}(?:t|en)|(?:be|er|ver|ent|zer|miss|über|unter|wieder|um|an|auf|aus|ab|ein|hinzu|zurück|fertig|weg|los)(?:ge)?\\p{L}{2,}(?:t|en)|\\p{L}{2,}iert)|(?:habe|haben) (?:ich|wir)(?: [^!?,]{1,80})? \\p{L}{3,}(?:t|en)|(?:ist|sind|wurde|wurden) (?:jetzt |nun |bereits |schon |alle )*(?:fertig|erledigt|behoben|repariert|gelöst|installiert|abgeschlossen|bezahlt|gebucht|bestellt|verschickt|umgesetzt|eingerichtet|aktualisiert|grün|online)|erledigt|alle tests (?:laufen|sind)",
    unreal: "wenn|falls|würde|könnte|kannst|könntest|soll|sollen|hast|hat|ist|sind|was|wann|wo|warum|wie|wer|welche|vielleicht|angenommen|darf",
  },
  fr: {
    open: "reste(?:nt)? (?:encore )?à|(?:je|tu|nous|on|il|j['’]) ?(?:dois|doit|devons|devez|faut)(?: encore| toujours)?|il faut(?: encore)?|pas encore|toujours (?:pas|en attente|cassé|ouvert)|encore à|en attente|rappelle[- ]moi|n['’]oublie pas|prochaines? étapes?|à faire|question ouverte|(?:demain|plus tard|la semaine prochaine),? (?:je|nous|on)|bloqué(?:e|s)? (?:par|sur)",
    decided: "(?:j['’]ai|nous avons|on a|vous avez|il a|elle a|ils ont) (?:tous |finalement |donc )?(?:décidé|choisi|convenu|opté|retenu|tranché)|nous nous sommes mis d['’]accord|on (?:part sur|garde|prend|reste sur|abandonne|utilise|va utiliser)|partons sur|restons sur|gardons|utilisons|décision|d['’]accord pour|c['’]est décidé|on est d['’]accord",
    done: "(?:j['’]ai|nous avons|on a) (?:déjà |bien |enfin |aussi |tout )?(?!décidé|choisi|convenu|besoin|envie|peur|faim|mal|hâte|pensé|cru|voulu|aimé)\\p{L}{2,}(?:é|ée|és|ées|i|is|it|u|us|ert|ait)|(?:est|sont|a été|ont été) (?:maintenant |déjà |bien |enfin )?(?:terminée?s?|finie?s?|corrigée?s?|résolue?s?|réparée?s?|installée?s?|payée?s?|réservée?s?|envoyée?s?|déployée?s?|mise?s? à jour|faite?s?|en ligne)|c['’]est (?:fait|fini|réglé|corrigé)|tous les tests passent",
    unreal: "si|est[- ]ce|peux|pouvez|pourrais|pourriez|quand|où|pourquoi|comment|qui|que|quel|quelle|peut-être|imagine|imaginons",
  },
  es: {
    open: "(?:falta|faltan|queda|quedan)(?: por| aún| todavía)?|todavía (?:no|hay que|falta|está)|aún (?:no|hay que|falta)|hay que|(?:tengo|tenemos|tienes) que|(?:debo|debemos|debería|deberíamos)|pendientes?|recuérdame|no (?:te )?olvides?|próximos? pasos?|por hacer|pregunta abierta|(?:mañana|más tarde|la próxima semana),? (?:voy|vamos|haré|haremos|tengo|tenemos|reviso)|bloqueado por|esperando (?:a|por|la|el)",
    decided: "(?:he|hemos|ha|han|habéis)? ?(?:decidido|decidí|decidimos|acordado|acordamos|elegido|elegimos|elegí|optado|optamos)|nos quedamos con|vamos a (?:usar|quedarnos|mantener|dejar|utilizar)|usaremos|vamos con|quedamos en|decisión|de acuerdo:|mejor (?:usamos|dejamos)|usemos|dejemos",
    done: "(?:ya )?(?:he|hemos) (?!decidido|acordado|elegido|pensado|querido|tenido|estado|sido)\\p{L}{2,}(?:ado|ido|to|cho|sto)|(?:ya |acabo de |acabamos de )(?:\\p{L}{3,}(?:ar|er|ir|é|í|ó|amos|imos))|(?:está|están|quedó|quedaron|fue|fueron|ha sido|han sido) (?:ya |todo |por fin )?(?:list[oa]s?|hech[oa]s?|terminad[oa]s?|arreglad[oa]s?|corregid[oa]s?|resuelt[oa]s?|instalad[oa]s?|pagad[oa]s?|reservad[oa]s?|enviad[oa]s?|desplegad[oa]s?|actualizad[oa]s?|en línea)|(?:arreglé|corregí|añadí|agregué|terminé|instalé|actualicé|envié|pagué|reservé|compré|subí|probé|creé|escribí|cambié|eliminé|configuré|resolví|publiqué|moví|limpié|preparé|llamé)|todas las pruebas pasan",
    unreal: "si|puedes|podrías|podemos|qué|cuándo|dónde|por qué|cómo|quién|cuál|quizás?|tal vez|imagina",
  },
  it: {
    open: "(?:manca|mancano|resta|restano|rimane|rimangono)(?: ancora| da)?|ancora (?:da|non|in attesa|aperto|aperta)|non \\p{L}+ ancora|(?:devo|dobbiamo|devi|bisogna|dovrei|dovremmo)|da fare|in sospeso|ricordami|non dimenticare|prossimi? pass[oi]|domanda aperta|(?:domani|più tardi|la prossima settimana),? (?:\\p{L}+rò|\\p{L}+remo|devo|dobbiamo|controllo)|bloccat[oa] da|in attesa di",
    decided: "(?:ho|abbiamo|ha|hanno|avete) (?:quindi |infine |tutti )?(?:deciso|scelto|concordato|optato|stabilito)|ci siamo accordati|usiamo|teniamo|andiamo con|restiamo (?:su|con)|useremo|lasciamo|decisione|d['’]accordo:|siamo d['’]accordo",
    done: "(?:ho|abbiamo) (?:già |anche |finalmente |appena )?(?!deciso|scelto|concordato|bisogno|voglia|paura|fame|pensato|voluto)\\p{L}{2,}(?:ato|uto|ito|tto|sto|so|rto|lto|nto)|(?:è|sono|è stat[oa]|sono stat[ie]) (?:ora |già |finalmente )?(?:pront[oaie]|finit[oaie]|fatt[oaie]|risolt[oaie]|corrett[oaie]|installat[oaie]|pagat[oaie]|prenotat[oaie]|inviat[oaie]|aggiornat[oaie]|completat[oaie]|online)|tutti i test passano|fatto",
    unreal: "se|puoi|potresti|possiamo|cosa|quando|dove|perché|come|chi|quale|forse|immagina",
  },
  pt: {
    open: "(?:falta|faltam|resta|restam|fica|ficam por)(?: ainda)?|ainda (?:não|falta|precisa|preciso|precisamos|temos que|está)|(?:preciso|precisamos|tenho que|temos que|tenho de|temos de|devo|devemos|é preciso|deveria)|por fazer|pendentes?|lembra-me|me lembre|não (?:te )?esqueç\\p{L}+|próximos? passos?|pergunta em aberto|(?:amanhã|mais tarde|na próxima semana),? (?:vou|vamos|eu|preciso|temos)|bloquead[oa] por|à espera de|aguardando",
    decided: "(?:decidi|decidimos|decidiu|escolhi|escolhemos|combinámos|combinamos|acordámos|acordamos|optei|optámos|optamos)|(?:vamos|vou) (?:usar|ficar com|manter|utilizar|com|deixar)|ficamos com|usaremos|decisão|combinado|concordamos|de acordo:",
    done: "(?:já )?(?:corrigi|terminei|terminámos|terminamos|acabei|fiz|fizemos|instalei|instalámos|adicionei|adicionámos|criei|criámos|criamos|escrevi|atualizei|atualizámos|atualizamos|enviei|enviámos|paguei|reservei|comprei|publiquei|testei|configurei|resolvi|resolvemos|movi|removi|alterei|mudei|preparei|liguei|consertei|limpei|subi)|(?:está|estão|foi|foram|ficou) (?:já |agora |tudo )?(?:pront[oa]s?|feit[oa]s?|terminad[oa]s?|corrigid[oa]s?|resolvid[oa]s?|instalad[oa]s?|pag[oa]s?|reservad[oa]s?|enviad[oa]s?|atualizad[oa]s?|no ar)|acab(?:ei|ámos|amos) de|todos os testes passam",
    unreal: "se|podes|pode|poderia|podemos|o que|quando|onde|porquê|por que|como|quem|qual|talvez|imagina",
  },
  nl: {
    open: "nog (?:niet|geen|steeds|te|open|doen|controleren|testen)|(?:ik|we|wij|je) (?:moet|moeten)(?: \\p{L}+){0,2}?|moet(?:en)? nog|staat nog open|ontbreekt nog|wacht(?:en)? (?:nog )?op|herinner me|vergeet niet|volgende stap(?:pen)?|te doen|open vra(?:ag|gen)|(?:morgen|later|volgende week) (?:ga|zal|moet|kijk|doe|gaan|zullen|moeten)|geblokkeerd door",
    decided: "(?:heb|hebben|heeft|is|zijn)(?: [^.!?]{0,60})? (?:besloten|gekozen|afgesproken)|we (?:nemen|houden|gebruiken|gaan voor|gaan met|laten|kiezen)|laten we|ik (?:kies|houd|neem)|besluit|beslissing|afgesproken|akkoord",
    done: "(?:ik|we|wij) (?:heb|hebben)(?: [^!?,]{1,80})? (?:ge\\p{L}{2,}(?:t|d|en)|(?:be|her|ver|ont|over|onder|toe|op|uit|af|in|bij|door)(?:ge)?\\p{L}{2,}(?:t|d|en))|(?:heb|hebben) (?:ik|we)(?: [^!?,]{1,80})? \\p{L}{3,}(?:t|d|en)|(?:is|zijn|werd|werden) (?:nu |al |alle )*(?:klaar|af|gedaan|opgelost|gerepareerd|geïnstalleerd|betaald|geboekt|verstuurd|bijgewerkt|online|groen)|alle tests slagen|gedaan",
    unreal: "als|zou|zouden|kun|kan|kunnen|heb je|is|zijn|wat|wanneer|waar|waarom|hoe|wie|welke|misschien|stel",
  },
  ru: {
    open: "(?:ещё|еще|пока) (?:не|нужно|надо|осталось|предстоит)|(?:надо|нужно|необходимо|должен|должна|должны|следует|придётся|придется)|осталось|остаётся|остается|не забудь|напомни|следующ\\p{L}+ шаг\\p{L}*|сделать:|открыт\\p{L}+ вопрос\\p{L}*|(?:завтра|позже|потом|на следующей неделе) (?:я|мы|надо|нужно|\\p{L}+(?:ю|у|ем|им))|жд(?:ём|ем|у) (?:ответ|от|пока)?",
    decided: "(?:решил|решила|решили|решено|выбрал|выбрала|выбрали|договорились|условились|остановились на)|давай(?:те)? (?:использовать|оставим|возьмём|возьмем|сделаем|будем|не)|будем использовать|оставляем|берём|берем|решение|договорённость",
    done: "(?:я|мы|уже|только что)(?: \\p{L}+){0,2}? (?!решил|выбрал|договорил|думал|хотел|был|жил|знал|любил)(?:ис|по|с|у|до|за|на|от|пере|при|про|вы|об|раз|рас|в)\\p{L}{2,}(?:л|ла|ли|лся|лась|лись)(?!\\p{L})|(?:исправил|добавил|сделал|закончил|установил|обновил|отправил|оплатил|купил|забронировал|написал|создал|удалил|настроил|починил|проверил|запустил|опубликовал|перенёс|перенес|подготовил|позвонил)(?:а|и)?(?!\\p{L})|(?:готово|готов|готова|готовы|сделано|исправлено|установлено|оплачено|отправлено|обновлено|закончено|завершено|решена)|все тесты проходят",
    unreal: "если|можешь|можете|мог бы|могла бы|когда|где|почему|как|кто|какой|какая|может быть|представь|бы",
  },
  zh: {
    open: "还(?:没|没有|需要|要|得|有|剩|不能|差)|尚未|待办|待定|未完成|下一步|(?:我|我们|你)(?:还)?(?:需要|必须|得要|得去)|记得|别忘了|不要忘记|提醒我|(?:明天|稍后|下周|下次|之后)(?:我|我们)?(?:会|要|再|去|得)|等待|等着|卡在",
    decided: "决定|商定|说好了|约定|选择了|选定|(?:我们|咱们)(?:就)?用|那就用|就这么定|改用|同意采用|采用",
    done: "(?:已经|已|刚刚|刚|都)[^。！？，]{0,30}(?:了|好|完)|(?:完成|修复|解决|安装|更新|添加|删除|发送|提交|部署|支付|预订|购买|写好|做好|修好|搞定|改好|测试|发布|整理)(?:好)?了|全部通过|测试通过|搞定",
    unreal: "如果|要是|假如|能不能|可以吗|什么|什么时候|为什么|怎么|谁|哪|也许|是否|请问",
    isUnspaced: true,
  },
  ja: {
    open: "まだ|(?:必要があ|しなければ|しなきゃ|しないと|やらないと|やらなければ)|残って|未完了|未定|保留|次のステップ|やること|忘れないで|リマインド|思い出させて|(?:明日|後で|来週|次回)[^。！？]{0,40}(?:します|する|予定|やる)|待って(?:い)?ます|待ち",
    decided: "(?:決め|決まり|決定|選び|合意|採用)(?:ました|した|ます|た|し)|ことにし(?:ました|た|ます|よう)|にしましょう|使いましょう|でいきましょう|決定[:：]",
    done: "(?:完了|修正|解決|追加|削除|更新|送信|作成|インストール|設定|予約|支払い|購入|公開|対応|実装|テスト|確認|提出|変更|移動|準備|修理|デプロイ)(?:し|しておき|を終え)(?:ました|た)|終わりました|終わった|できました|直しました|直った|書きました|作りました|買いました|送りました|払いました|済みです|済ませました|すべてのテストが通",
    unreal: "もし|なら|たら|できますか|ですか|ますか|何(?!か|も)|いつ(?!も|か)|どこ(?!でも|か|も)|なぜ|どうして|どう(?!か|も)|誰|たぶん",
    isUnspaced: true,
  },
  ar: {
    open: "(?:ما زال|لا يزال|لم يتم|لم ننته|لم أنته|بقي|يتبقى|متبقي|ليس بعد)|(?:يجب|علينا|علي|لا بد|ينبغي|نحتاج|أحتاج)(?: أن)?|لا تنس|ذكرني|ذكّرني|الخطوات? التالية|معلق|سؤال مفتوح|(?:غدا|غدًا|لاحقا|لاحقًا|الأسبوع القادم) (?:س\\p{L}+|يجب|علينا)|في انتظار|ننتظر|أنتظر",
    decided: "(?:قررت|قررنا|قرر|اخترت|اخترنا|اتفقنا|اتفقت|استقررنا)|(?:سنستخدم|سنبقى|سنعتمد|لنستخدم|دعنا نستخدم|نعتمد)|القرار|اتفاق",
    done: "(?:تم|تمت|لقد|قد) \\p{L}+|(?:أصلحت|أصلحنا|أضفت|أضفنا|أنهيت|أنهينا|ثبتت|حدثت|حدثنا|أرسلت|أرسلنا|دفعت|حجزت|حجزنا|اشتريت|كتبت|كتبنا|أنشأت|حذفت|نشرت|اختبرت|أكملت|أكملنا|جهزت|اتصلت|غيرت|نقلت|حللت)|(?:جاهز|جاهزة|انتهى|انتهت|مكتمل)",
    unreal: "إذا|لو|هل|ماذا|متى|أين|لماذا|كيف|من|أي|ربما|تخيل",
  },
}; // prettier-ignore

/** Cues that a line begins with, in any of these languages. */
const HEADS: readonly (readonly [Section, RegExp])[] = [
  [
    "open",
    /^[^\p{L}]{0,6}(?:todo|to-do|offen|offene punkte|à faire|reste à faire|pendiente|pendientes|por hacer|da fare|pendente|por fazer|te doen|nog te doen|сделать|осталось|待办|未完成|やること|未完了|المهام|متبقي)\s{0,2}[:：—–-]/iu,
  ],
  [
    "decided",
    /^[^\p{L}]{0,6}(?:entscheidung|beschluss|décision|decisión|decisione|decisão|besluit|beslissing|решение|决定|決定|القرار)\s{0,2}[:：—–-]/iu,
  ],
  [
    "done",
    /^[^\p{L}]{0,6}(?:erledigt|fertig|fait|terminé|hecho|listo|fatto|feito|pronto|gedaan|klaar|готово|сделано|完成|已完成|完了|تم)\s{0,2}[:：—–-]/iu,
  ],
];

const built = new Map<string, readonly (readonly [Section, RegExp])[]>();
const unreal = new Map<string, RegExp>();

export function hasDigestCues(language: string): boolean {
  return Object.hasOwn(CUES, language);
}

/** As `sectionOf`, of a sentence in another language that has cues here. */
export function sectionIn(sentence: string, language: string): Section | null {
  const lower = sentence.toLowerCase();
  const cues = CUES[language] as Cues;
  for (const [section, head] of HEADS) if (head.test(lower)) return section;
  if (/[?？؟][^\p{L}\p{N}]{0,3}$/u.test(sentence) || unrealOf(language, cues).test(lower)) return null;
  for (const [section, expression] of expressionsOf(language, cues)) if (expression.test(lower)) return section;
  return null;
}

function unrealOf(language: string, { unreal: words, isUnspaced }: Cues): RegExp {
  let found = unreal.get(language);
  if (found === undefined) {
    found = new RegExp(`^[^\\p{L}]{0,4}(?:${words})${isUnspaced === true ? "" : "(?!\\p{L})"}`, "u");
    unreal.set(language, found);
  }
  return found;
}

/** Compiled when the language first occurs: open before decided before done, as in English. */
function expressionsOf(language: string, cues: Cues): readonly (readonly [Section, RegExp])[] {
  let found = built.get(language);
  if (found === undefined) {
    const isUnspaced = cues.isUnspaced === true;
    const compile = (source: string): RegExp =>
      new RegExp(isUnspaced ? `(?:${source})` : `(?<!\\p{L})(?:${source})(?!\\p{L})`, "u");
    found = [
      ["open", compile(cues.open)],
      ["decided", compile(cues.decided)],
      ["done", compile(cues.done)],
    ];
    built.set(language, found);
  }
  return found;
}
