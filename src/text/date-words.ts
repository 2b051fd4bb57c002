import type { Unit } from "./calendar.ts";

/** The words with which a language says when. Patterns are written in lower case and matched in any. */
export interface Locale {
  readonly days: readonly (readonly [string, number])[];
  readonly months: readonly string[];
  /** From Monday. */
  readonly weekdays: readonly string[];
  readonly units: readonly (readonly [string, Unit])[];
  readonly numbers: readonly (readonly [string, number])[];
  /** `{unit}` and `{weekday}` stand for any of the words, `{count}` for a number. */
  readonly last: readonly string[];
  readonly next: readonly string[];
  readonly current: readonly string[];
  readonly ago: readonly string[];
  readonly ahead: readonly string[];
  /** Between day and month, month and year, as in "8 de mayo de 2023". */
  readonly of: string;
  /** Before a bare year. */
  readonly inYear: string;
}

function list(words: string): string[] {
  return words.split(" ");
}

export const LOCALES: ReadonlyMap<string, Locale> = new Map<string, Locale>([
  [
    "de",
    {
      days: [
        ["vorgestern", -2],
        ["gestern", -1],
        ["heute", 0],
        ["übermorgen", 2],
        ["morgen", 1],
      ],
      months: list("januar februar märz april mai juni juli august september oktober november dezember"),
      weekdays: list("montag dienstag mittwoch donnerstag freitag samstag sonntag"),
      units: [
        ["tage?n?", "day"],
        ["wochenende", "weekend"],
        ["wochen?", "week"],
        ["monate?n?s?", "month"],
        ["jahre?n?s?", "year"],
      ],
      numbers: [
        ["eine[mnr]?|ein", 1],
        ["zwei", 2],
        ["drei", 3],
        ["vier", 4],
        ["fünf", 5],
        ["sechs", 6],
        ["ein paar|einigen", 3],
      ],
      last: ["(?:letzte[nrsm]?|vergangene[nrsm]?|vorige[nrsm]?) {unit}", "(?:letzte[nr]?|vergangene[nr]?) {weekday}"],
      next: ["(?:nächste[nrsm]?|kommende[nrsm]?) {unit}", "(?:nächste[nr]?|kommende[nr]?) {weekday}"],
      current: ["diese[nrsm]? {unit}"],
      ago: ["vor {count} {unit}"],
      ahead: ["in {count} {unit}"],
      of: "\\.? ?",
      inYear: "(?:im jahr|seit|in|ab|bis)",
    },
  ],
  [
    "fr",
    {
      days: [
        ["avant-hier", -2],
        ["hier", -1],
        ["aujourd['’]hui", 0],
        ["après-demain", 2],
        ["demain", 1],
      ],
      months: list("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
      weekdays: list("lundi mardi mercredi jeudi vendredi samedi dimanche"),
      units: [
        ["jours?", "day"],
        ["semaines?", "week"],
        ["week-end", "weekend"],
        ["mois", "month"],
        ["ann[ée]es?|ans?", "year"],
      ],
      numbers: [
        ["une?", 1],
        ["deux", 2],
        ["trois", 3],
        ["quatre", 4],
        ["cinq", 5],
        ["six", 6],
        ["quelques", 3],
      ],
      last: ["(?:l['’]|la |le )?{unit} (?:dernier|dernière|passée?)", "{weekday} dernier"],
      next: ["(?:l['’]|la |le )?{unit} prochaine?", "{weekday} prochain"],
      current: ["cet?t?e? {unit}"],
      ago: ["il y a {count} {unit}"],
      ahead: ["dans {count} {unit}"],
      of: "(?:er)? ",
      inYear: "(?:en|depuis|jusqu['’]en)",
    },
  ],
  [
    "es",
    {
      days: [
        ["anteayer|antes de ayer", -2],
        ["ayer|anoche", -1],
        ["hoy", 0],
        ["pasado mañana", 2],
        ["mañana", 1],
      ],
      months: list("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
      weekdays: list("lunes martes miércoles jueves viernes sábado domingo"),
      units: [
        ["días?", "day"],
        ["semanas?", "week"],
        ["fin de semana", "weekend"],
        ["mes(?:es)?", "month"],
        ["años?", "year"],
      ],
      numbers: [
        ["una?", 1],
        ["dos", 2],
        ["tres", 3],
        ["cuatro", 4],
        ["cinco", 5],
        ["seis", 6],
        ["unos|unas", 3],
      ],
      last: ["(?:el |la )?{unit} pasad[oa]", "(?:el )?{weekday} pasado"],
      next: ["(?:el |la )?(?:próxim[oa] {unit}|{unit} que viene)", "(?:el )?(?:próximo {weekday}|{weekday} que viene)"],
      current: ["est[ea] {unit}"],
      ago: ["hace {count} {unit}"],
      ahead: ["(?:en|dentro de) {count} {unit}"],
      of: " de ",
      inYear: "(?:en|desde|hasta)",
    },
  ],
  [
    "it",
    {
      days: [
        ["(?:l['’])?altro ?ieri", -2],
        ["ieri", -1],
        ["oggi", 0],
        ["dopodomani", 2],
        ["domani", 1],
      ],
      months: list("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
      weekdays: list("lunedì martedì mercoledì giovedì venerdì sabato domenica"),
      units: [
        ["giorn[oi]", "day"],
        ["settiman[ae]", "week"],
        ["fine settimana|weekend", "weekend"],
        ["mes[ei]", "month"],
        ["ann[oi]", "year"],
      ],
      numbers: [
        ["un[oa]?", 1],
        ["due", 2],
        ["tre", 3],
        ["quattro", 4],
        ["cinque", 5],
        ["sei", 6],
        ["qualche", 3],
      ],
      last: ["(?:l['’]|la |lo |il )?(?:scors[oa] {unit}|{unit} scors[oa])", "{weekday} scors[oa]"],
      next: ["(?:l['’]|la |il )?(?:prossim[oa] {unit}|{unit} prossim[oa])", "{weekday} prossim[oa]"],
      current: ["quest[oa] {unit}"],
      ago: ["{count} {unit} fa"],
      ahead: ["(?:tra|fra) {count} {unit}"],
      of: " ",
      inYear: "(?:nel|dal|del|fino al)",
    },
  ],
  [
    "pt",
    {
      days: [
        ["anteontem", -2],
        ["ontem", -1],
        ["hoje", 0],
        ["depois de amanhã", 2],
        ["amanhã", 1],
      ],
      months: list("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
      weekdays: list(
        "segunda(?:-feira)? terça(?:-feira)? quarta(?:-feira)? quinta(?:-feira)? sexta(?:-feira)? sábado domingo",
      ),
      units: [
        ["dias?", "day"],
        ["semanas?", "week"],
        ["fim de semana", "weekend"],
        ["m[êe]s(?:es)?", "month"],
        ["anos?", "year"],
      ],
      numbers: [
        ["uma?", 1],
        ["dois|duas", 2],
        ["três", 3],
        ["quatro", 4],
        ["cinco", 5],
        ["seis", 6],
        ["alguns|algumas", 3],
      ],
      last: ["(?:[oa] )?{unit} passad[oa]", "{weekday} passad[oa]"],
      next: ["(?:[oa] )?(?:próxim[oa] {unit}|{unit} que vem)", "(?:próxim[oa] {weekday}|{weekday} que vem)"],
      current: ["est[ea] {unit}"],
      ago: ["há {count} {unit}", "{count} {unit} atrás"],
      ahead: ["(?:em|daqui a) {count} {unit}"],
      of: " de ",
      inYear: "(?:em|desde|até)",
    },
  ],
  [
    "nl",
    {
      days: [
        ["eergisteren", -2],
        ["gisteren", -1],
        ["vandaag", 0],
        ["overmorgen", 2],
        ["morgen", 1],
      ],
      months: list("januari februari maart april mei juni juli augustus september oktober november december"),
      weekdays: list("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
      units: [
        ["dag(?:en)?", "day"],
        ["weekend", "weekend"],
        ["weken|week", "week"],
        ["maand(?:en)?", "month"],
        ["jaar|jaren", "year"],
      ],
      numbers: [
        ["een|één", 1],
        ["twee", 2],
        ["drie", 3],
        ["vier", 4],
        ["vijf", 5],
        ["zes", 6],
        ["een paar", 3],
      ],
      last: ["(?:vorige?|afgelopen) {unit}", "(?:vorige|afgelopen) {weekday}"],
      next: ["(?:volgende?|komende?) {unit}", "(?:volgende|komende) {weekday}"],
      current: ["(?:deze|dit) {unit}"],
      ago: ["{count} {unit} geleden"],
      ahead: ["over {count} {unit}"],
      of: " ",
      inYear: "(?:in|sinds|tot)",
    },
  ],
  [
    "ru",
    {
      days: [
        ["позавчера", -2],
        ["вчера", -1],
        ["сегодня", 0],
        ["послезавтра", 2],
        ["завтра", 1],
      ],
      months: list(
        "январ[ьяе] феврал[ьяе] март[ае]? апрел[ьяе] ма[йяе] июн[ьяе] июл[ьяе] август[ае]? сентябр[ьяе] октябр[ьяе] ноябр[ьяе] декабр[ьяе]",
      ),
      weekdays: list("понедельник вторник сред[ау] четверг пятниц[ау] суббот[ау] воскресенье"),
      units: [
        ["день|дня|дней", "day"],
        ["недел[яюеиь]", "week"],
        ["выходн(?:ые|ых)", "weekend"],
        ["месяц(?:а|е|ев)?", "month"],
        ["год[ау]?|лет", "year"],
      ],
      numbers: [
        ["один|одну", 1],
        ["два|две", 2],
        ["три", 3],
        ["четыре", 4],
        ["пять", 5],
        ["шесть", 6],
        ["несколько|пару", 3],
      ],
      last: ["(?:на |в |во )?прошл(?:ой|ом|ый|ую|ые|ых) {unit}", "(?:в |во )?прошл(?:ый|ую|ое) {weekday}"],
      next: [
        "(?:на |в |во )?(?:следующ|будущ)(?:ей|ем|ий|ую|ие|их) {unit}",
        "(?:в |во )?следующ(?:ий|ую|ее) {weekday}",
      ],
      current: ["(?:на |в )?эт(?:ой|ом|от|у|и) {unit}"],
      ago: ["{count} {unit} назад"],
      ahead: ["через {count} {unit}"],
      of: " ",
      inYear: "(?:в|с|до|к)",
    },
  ],
]);
