/** What a language needs to tell habits and counts: what people say that they did, and how a pattern is put. */
export interface PatternWords {
  /** Name of the doing, and the past forms in which somebody says that he did it. */
  readonly doings: readonly (readonly [name: string, forms: string])[];
  /** What makes a sentence tell of nothing that was done. */
  readonly notDone: string;
  /** Group 1 is the thing of one's own that is spoken of; none where no word tells it apart. */
  readonly own?: RegExp;
  /** Own things that say nothing: opinions, names, questions. */
  readonly notTold?: ReadonlySet<string>;
  readonly isUnspaced?: true;
  readonly every: (days: string) => string;
  readonly most: (days: string) => string;
  readonly daily: string;
  readonly weekly: (times: number) => string;
  readonly monthly: (times: number) => string;
  readonly ofDates: (hits: number, dates: number) => string;
  readonly days: (count: number) => string;
  readonly since: (date: string) => string;
  readonly fromTo: (from: string, to: string) => string;
  readonly and: string;
  readonly mentioned: (thing: string, count: number, month: string) => string;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** In German, French, Spanish, Italian, Portuguese, Dutch, Russian, Chinese, Japanese and Arabic. */
export const PATTERN_WORDS: Readonly<Record<string, PatternWords>> = {
  de: {
    doings: [
      ["Laufen", "(?:bin|war)(?: \\p{L}+){0,4} (?:laufen|joggen|gelaufen|gejoggt|gerannt)|(?:laufen|joggen) (?:gegangen|gewesen)"],
      ["Schwimmen", "(?:bin|war|habe)(?: \\p{L}+){0,4} (?:schwimmen|geschwommen)"],
      ["Fitnessstudio", "(?:war|bin)(?: \\p{L}+){0,3} (?:im|ins) (?:fitnessstudio|fitness-studio|gym|studio)"],
      ["Yoga", "(?:habe|hatte|war)(?: \\p{L}+){0,3} yoga"],
      ["Radfahren", "(?:bin|war)(?: \\p{L}+){0,4} (?:rad|fahrrad)(?: gefahren|fahren)"],
      ["Wandern", "(?:bin|war|waren)(?: \\p{L}+){0,4} (?:wandern|gewandert)"],
      ["Klettern", "(?:bin|war|waren)(?: \\p{L}+){0,4} (?:klettern|geklettert|bouldern|gebouldert)"],
      ["Tanzen", "(?:habe|war|waren)(?: \\p{L}+){0,4} (?:tanzen|getanzt)"],
      ["Spazieren", "(?:bin|war|waren)(?: \\p{L}+){0,4} (?:spazieren|spaziert)"],
      ["Meditieren", "(?:habe|hab)(?: \\p{L}+){0,4} meditiert"],
      ["Backen", "(?:habe|hab)(?: \\p{L}+){0,5} gebacken"],
      ["Klavier", "(?:habe|hab)(?: \\p{L}+){0,4} klavier (?:gespielt|geübt)"],
    ],
    notDone: "nicht|kein\\p{L}*|nie|wollte|würde|könnte|sollte|möchte|will|werde|früher|fast|hoffe|wenn|falls",
    own: /(?<!\p{L})[Mm]ein(?:e[mnrs]?)? (\p{Lu}\p{L}{2,24})/gu,
    notTold: set("meinung name frage fragen freund freunde freundin frau mann leben tag zeit problem idee plan kopf hand haus gott fehler gefühl arbeit"),
    every: (days) => `jeden ${days}`, most: (days) => `meistens am ${days}`, daily: "täglich",
    weekly: (times) => `etwa ${times}-mal pro Woche`, monthly: (times) => `etwa ${times}-mal im Monat`,
    ofDates: (hits, dates) => `${hits} von ${dates}`, days: (count) => `${count} Tage`,
    since: (date) => `seit ${date}`, fromTo: (from, to) => `von ${from} bis ${to}`, and: "und",
    mentioned: (thing, count, month) => `erwähnte „${thing}“ ${count}-mal seit ${month}`,
  },
  fr: {
    doings: [
      ["course à pied", "j['’]ai (?:\\p{L}+ )?couru|(?:je suis|nous sommes) (?:\\p{L}+ )?allée?s? courir|fait (?:un|mon) (?:footing|jogging)"],
      ["natation", "j['’]ai (?:\\p{L}+ )?nagé|(?:je suis|nous sommes) (?:\\p{L}+ )?allée?s? (?:nager|à la piscine)"],
      ["salle de sport", "(?:je suis|j['’]étais)(?: \\p{L}+){0,2} à la (?:salle de sport|salle|gym)"],
      ["yoga", "j['’]ai fait (?:du|mon) yoga"], ["vélo", "j['’]ai fait du vélo|fait un tour (?:de|à) vélo"],
      ["randonnée", "(?:j['’]ai|nous avons) (?:fait (?:une|de la) randonnée|randonné)"], ["escalade", "j['’]ai (?:fait de l['’]escalade|grimpé)"],
      ["danse", "j['’]ai (?:\\p{L}+ )?dansé"], ["méditation", "j['’]ai (?:\\p{L}+ )?médité"], ["marche", "j['’]ai (?:\\p{L}+ )?marché|allée? (?:marcher|me promener)"],
    ],
    notDone: "pas|jamais|voulais|voudrais|devrais|pourrais|aimerais|vais|si|espère|presque|autrefois",
    own: /(?<!\p{L})(?:[Mm]on|[Mm]a|[Mm]es) (\p{L}{3,24})/gu,
    notTold: set("avis nom vie ami amis amie femme mari tête main temps question problème idée maison dieu travail erreur côté tour opinion dernier dernière premier première nouveau nouvelle"),
    every: (days) => `chaque ${days}`, most: (days) => `le plus souvent le ${days}`, daily: "tous les jours",
    weekly: (times) => `environ ${times} fois par semaine`, monthly: (times) => `environ ${times} fois par mois`,
    ofDates: (hits, dates) => `${hits} sur ${dates}`, days: (count) => `${count} jours`,
    since: (date) => `depuis le ${date}`, fromTo: (from, to) => `du ${from} au ${to}`, and: "et",
    mentioned: (thing, count, month) => `a parlé de « ${thing} » ${count} fois depuis ${month}`,
  },
  es: {
    doings: [
      ["correr", "corrí|he (?:\\p{L}+ )?corrido|(?:fui|salí|fuimos|salimos) a correr"], ["nadar", "nadé|he (?:\\p{L}+ )?nadado|(?:fui|fuimos) a nadar|fui a la piscina"],
      ["gimnasio", "(?:fui|he ido|estuve)(?: \\p{L}+){0,2} (?:al|en el) (?:gimnasio|gym)"], ["yoga", "hice yoga|he hecho yoga"],
      ["bicicleta", "(?:salí|monté|fui)(?: \\p{L}+){0,2} en bici(?:cleta)?"], ["senderismo", "hice senderismo|(?:fui|fuimos) de (?:excursión|caminata|senderismo)"],
      ["escalada", "escalé|(?:fui|fuimos) a escalar"], ["baile", "bailé|(?:fui|fuimos) a bailar"], ["meditación", "medité|he meditado"], ["caminar", "caminé|(?:fui|salí) a caminar"],
    ],
    notDone: "no|nunca|quería|quiero|querría|debería|podría|voy|si|espero|casi|antes solía",
    own: /(?<!\p{L})[Mm]is? (\p{L}{3,24})/gu,
    notTold: set("opinión nombre vida amigo amigos amiga mujer marido cabeza mano tiempo pregunta problema idea casa dios trabajo error culpa parte favorito favorita nuevo nueva mejor"),
    every: (days) => `todos los ${days}`, most: (days) => `la mayoría de las veces el ${days}`, daily: "todos los días",
    weekly: (times) => `unas ${times} veces por semana`, monthly: (times) => `unas ${times} veces al mes`,
    ofDates: (hits, dates) => `${hits} de ${dates}`, days: (count) => `${count} días`,
    since: (date) => `desde el ${date}`, fromTo: (from, to) => `del ${from} al ${to}`, and: "y",
    mentioned: (thing, count, month) => `mencionó «${thing}» ${count} veces desde ${month}`,
  },
  it: {
    doings: [
      ["corsa", "ho (?:\\p{L}+ )?corso|sono (?:\\p{L}+ )?andat[oa] a correre|sono uscit[oa] a correre"], ["nuoto", "ho (?:\\p{L}+ )?nuotato|sono (?:\\p{L}+ )?andat[oa] (?:a nuotare|in piscina)"],
      ["palestra", "sono (?:\\p{L}+ )?(?:andat[oa]|stat[oa]) in palestra"], ["yoga", "ho fatto yoga"], ["bicicletta", "sono andat[oa] in bici(?:cletta)?|ho fatto un giro in bici"],
      ["escursione", "ho fatto un['’]escursione|sono andat[oa] a camminare in montagna"], ["arrampicata", "ho arrampicato|sono andat[oa] ad arrampicare"],
      ["ballo", "ho ballato|sono andat[oa] a ballare"], ["meditazione", "ho meditato"], ["camminata", "ho camminato|ho fatto una (?:passeggiata|camminata)"],
    ],
    notDone: "non|mai|volevo|vorrei|voglio|dovrei|potrei|se|spero|quasi|una volta",
    own: /(?<!\p{L})(?:[Mm]io|[Mm]ia|[Mm]iei|[Mm]ie) (\p{L}{3,24})/gu,
    notTold: set("opinione nome vita amico amici amica moglie marito testa mano tempo domanda problema idea casa dio lavoro errore parte nuovo nuova migliore"),
    every: (days) => `ogni ${days}`, most: (days) => `per lo più di ${days}`, daily: "ogni giorno",
    weekly: (times) => `circa ${times} volte a settimana`, monthly: (times) => `circa ${times} volte al mese`,
    ofDates: (hits, dates) => `${hits} su ${dates}`, days: (count) => `${count} giorni`,
    since: (date) => `dal ${date}`, fromTo: (from, to) => `dal ${from} al ${to}`, and: "e",
    mentioned: (thing, count, month) => `ha parlato di «${thing}» ${count} volte da ${month}`,
  },
  pt: {
    doings: [
      ["corrida", "corri|(?:fui|saí) correr|fui a correr"], ["natação", "nadei|fui nadar|fui à piscina"], ["ginásio", "fui (?:ao|à|para o|para a) (?:ginásio|academia)|estive no ginásio"],
      ["ioga", "fiz (?:ioga|yoga)"], ["bicicleta", "andei de bicicleta|fui de bicicleta|pedalei"], ["caminhada", "caminhei|fiz uma caminhada|fui caminhar"],
      ["escalada", "escalei|fui escalar"], ["dança", "dancei|fui dançar"], ["meditação", "meditei"],
    ],
    notDone: "não|nunca|queria|quero|devia|deveria|podia|poderia|vou|se|espero|quase|antigamente",
    own: /(?<!\p{L})(?:[Mm]eus?|[Mm]inhas?) (\p{L}{3,24})/gu,
    notTold: set("opinião nome vida amigo amigos amiga mulher marido cabeça mão tempo pergunta problema ideia casa deus trabalho erro culpa parte novo nova melhor"),
    every: (days) => `todas as vezes: ${days}`, most: (days) => `na maioria das vezes: ${days}`, daily: "todos os dias",
    weekly: (times) => `cerca de ${times} vezes por semana`, monthly: (times) => `cerca de ${times} vezes por mês`,
    ofDates: (hits, dates) => `${hits} de ${dates}`, days: (count) => `${count} dias`,
    since: (date) => `desde ${date}`, fromTo: (from, to) => `de ${from} a ${to}`, and: "e",
    mentioned: (thing, count, month) => `mencionou «${thing}» ${count} vezes desde ${month}`,
  },
  nl: {
    doings: [
      ["hardlopen", "(?:heb|ben)(?: \\p{L}+){0,4} (?:hardgelopen|gaan hardlopen|gerend|gaan rennen)|ging hardlopen"], ["zwemmen", "(?:heb|ben)(?: \\p{L}+){0,4} (?:gezwommen|gaan zwemmen)|ging zwemmen"],
      ["sportschool", "(?:was|ben|ging)(?: \\p{L}+){0,3} (?:in|naar) de sportschool"], ["yoga", "(?:heb|deed)(?: \\p{L}+){0,3} yoga"], ["fietsen", "(?:heb|ben)(?: \\p{L}+){0,4} (?:gefietst|gaan fietsen)"],
      ["wandelen", "(?:heb|ben)(?: \\p{L}+){0,4} (?:gewandeld|gaan wandelen)"], ["klimmen", "(?:heb|ben)(?: \\p{L}+){0,4} (?:geklommen|gaan klimmen)"], ["dansen", "(?:heb|ben)(?: \\p{L}+){0,4} (?:gedanst|gaan dansen)"], ["mediteren", "heb(?: \\p{L}+){0,4} gemediteerd"],
    ],
    notDone: "niet|geen|nooit|wilde|zou|wil|moet|ga|als|hoop|bijna|vroeger",
    own: /(?<!\p{L})[Mm]ijn (\p{L}{3,24})/gu,
    notTold: set("mening naam leven vriend vrienden vriendin vrouw man hoofd hand tijd vraag probleem idee huis god werk fout kant nieuwe beste eigen"),
    every: (days) => `elke ${days}`, most: (days) => `meestal op ${days}`, daily: "elke dag",
    weekly: (times) => `ongeveer ${times} keer per week`, monthly: (times) => `ongeveer ${times} keer per maand`,
    ofDates: (hits, dates) => `${hits} van ${dates}`, days: (count) => `${count} dagen`,
    since: (date) => `sinds ${date}`, fromTo: (from, to) => `van ${from} tot ${to}`, and: "en",
    mentioned: (thing, count, month) => `noemde “${thing}” ${count} keer sinds ${month}`,
  },
  ru: {
    doings: [
      ["бег", "(?:по)?бегала?|пробежала?|ходила? на пробежку|вышла? на пробежку"], ["плавание", "(?:по)?плавала?|ходила? в бассейн"], ["спортзал", "(?:ходила?|была?|сходила?) (?:в|на) (?:зал|спортзал|тренировку|зале|тренировке)"],
      ["йога", "занималс?я? йогой|занималась йогой|делала? йогу"], ["велосипед", "(?:каталс?я|каталась|ездила?) на велосипеде"], ["поход", "ходила? в поход|гуляла? в горах"], ["танцы", "танцевала?|ходила? на танцы"], ["медитация", "медитировала?"], ["прогулка", "(?:по)?гуляла?"],
    ],
    notDone: "не|никогда|хотел|хотела|хочу|мог бы|надо|буду|если|надеюсь|почти|раньше",
    own: /(?<!\p{L})[Мм]о(?:й|я|ё|е|и|его|ей|ю|ём|ем|их) (\p{L}{3,24})/gu,
    notTold: set("мнение имя жизнь друг друзья подруга жена муж голова рука время вопрос проблема идея дом бог работа ошибка новый новая"),
    every: (days) => `каждый раз: ${days}`, most: (days) => `чаще всего: ${days}`, daily: "каждый день",
    weekly: (times) => `примерно ${times} раз в неделю`, monthly: (times) => `примерно ${times} раз в месяц`,
    ofDates: (hits, dates) => `${hits} из ${dates}`, days: (count) => `дней: ${count}`,
    since: (date) => `с ${date}`, fromTo: (from, to) => `с ${from} по ${to}`, and: "и",
    mentioned: (thing, count, month) => `упоминает «${thing}»: ${count} раз, впервые — ${month}`,
  },
  zh: {
    doings: [
      ["跑步", "跑了步|跑步了|去跑步|跑了[^，。]{0,6}(?:公里|千米)"], ["游泳", "游了泳|游泳了|去游泳"], ["健身", "去了?健身房|去健身|健身了"], ["瑜伽", "做了瑜伽|练了瑜伽"], ["骑车", "骑了车|去骑车|骑自行车了"], ["爬山", "爬了山|去爬山|徒步了"], ["跳舞", "跳了舞|去跳舞"], ["冥想", "冥想了"], ["散步", "散了步|散步了|去散步"],
    ],
    notDone: "没|不|想|要|会|应该|如果|希望|以前|差点", isUnspaced: true,
    every: (days) => `每个${days}`, most: (days) => `多在${days}`, daily: "每天",
    weekly: (times) => `每周约${times}次`, monthly: (times) => `每月约${times}次`,
    ofDates: (hits, dates) => `${dates}次中${hits}次`, days: (count) => `${count}天`,
    since: (date) => `自${date}起`, fromTo: (from, to) => `从${from}到${to}`, and: "和",
    mentioned: (thing, count, month) => `自${month}起提到${thing}${count}次`,
  },
  ja: {
    doings: [
      ["ランニング", "走りました|走った|ランニング(?:し|に行)|ジョギング(?:し|に行)"], ["水泳", "泳ぎました|泳いだ|プールに行"], ["ジム", "ジムに(?:行きました|行った|行って)"], ["ヨガ", "ヨガを(?:しました|した|やりました)"], ["サイクリング", "自転車に乗りました|サイクリング(?:し|に行)"], ["登山", "登山(?:し|に行)|山に登りました|ハイキング(?:し|に行)"], ["ダンス", "踊りました|ダンスを(?:しました|した)"], ["瞑想", "瞑想(?:しました|した)"], ["散歩", "散歩(?:しました|した|に行きました)"],
    ],
    notDone: "ない|ません|なかった|たい|つもり|予定|もし|たら|以前", isUnspaced: true,
    every: (days) => `毎週${days}`, most: (days) => `たいてい${days}`, daily: "毎日",
    weekly: (times) => `週に約${times}回`, monthly: (times) => `月に約${times}回`,
    ofDates: (hits, dates) => `${dates}回中${hits}回`, days: (count) => `${count}日`,
    since: (date) => `${date}から`, fromTo: (from, to) => `${from}から${to}まで`, and: "と",
    mentioned: (thing, count, month) => `${month}から${thing}に${count}回言及`,
  },
  ar: {
    doings: [
      ["الجري", "ركضت|جريت|ذهبت للجري"], ["السباحة", "سبحت|ذهبت (?:للسباحة|إلى المسبح)"], ["النادي الرياضي", "ذهبت إلى (?:النادي|الجيم|الصالة الرياضية)|تمرنت"], ["اليوغا", "مارست اليوغا"], ["ركوب الدراجة", "ركبت الدراجة"], ["المشي", "مشيت|ذهبت للمشي|تمشيت"], ["التأمل", "مارست التأمل|تأملت"],
    ],
    notDone: "لم|لا|لن|أريد|أردت|سوف|إذا|لو|ربما|كنت أود",
    every: (days) => `كل ${days}`, most: (days) => `غالبا ${days}`, daily: "كل يوم",
    weekly: (times) => `حوالي ${times} مرات في الأسبوع`, monthly: (times) => `حوالي ${times} مرات في الشهر`,
    ofDates: (hits, dates) => `${hits} من ${dates}`, days: (count) => `${count} يوما`,
    since: (date) => `منذ ${date}`, fromTo: (from, to) => `من ${from} إلى ${to}`, and: "و",
    mentioned: (thing, count, month) => `ذكر ${thing} ${count} مرات منذ ${month}`,
  },
}; // prettier-ignore
