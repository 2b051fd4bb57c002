/**
 * Word lists behind the comparison of statements. All are folded (no accents, lower case) and shared by all
 * languages: a false "the same" loses a fact, a false "different" only keeps two lines, so a word is in
 * `IGNORABLE` only when leaving it out changes nothing in any of them that matters.
 */
const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/u));

/** Articles, the present copula, fillers. Never prepositions, pronouns, negations or past tenses. */
export const IGNORABLE: ReadonlySet<string> = words(`
  a an the is are am be being do does really very quite just also currently now still well
  der die das den dem des ein eine einen einem einer eines ist bin sind seid derzeit gerade aktuell jetzt auch sehr
  le la les l un une est suis sont actuellement maintenant aussi tres
  el los las una unos unas es soy son esta estoy estan actualmente ahora tambien muy
  il lo gli uno sono attualmente adesso anche molto
  o os as um uma sou sao esta estou atualmente agora tambem muito
  het een ben zijn nu ook heel`);

/** Words that turn a statement round, weaken it, end it or put it in another time: no merge over them. */
export const TURNING: ReadonlySet<string> = words(`
  not no never none neither nor without cannot nothing nobody hardly barely unless except but however instead although
  though until till before former formerly ex used quit stopped anymore longer if almost nearly only was were had did
  will would could should might may maybe perhaps probably possibly wants want wanted plans planning hopes hoping
  considering thinks believes wishes wish or versus than rather
  nicht kein keine keinen keinem keiner nie niemals ohne aber doch sondern obwohl bis bevor fruher ehemalig war waren
  hatte wird wurde wenn falls fast nur oder vielleicht wahrscheinlich will mochte statt mehr
  ne pas plus jamais aucun aucune sans mais sauf jusqu jusque avant ancien etait etaient avait si presque seulement ou
  peut veut voudrait sinon
  nunca jamas sin pero salvo excepto hasta antes antiguo era eran habia casi solo quizas tal ni ya tampoco ningun ninguna
  non mai senza ma tranne fino prima era erano aveva se quasi solo forse vuole nessun nessuna mica
  nao sem mas ate nem talvez quer
  niet geen nooit zonder maar tot voordat was als bijna alleen misschien wil
  inte ikke aldrig aldri ingen utan uten men eller
  не нет ни никогда без но кроме до раньше был была были если почти только или может возможно хочет уже больше бы
  ні немає але nie nigdy ale bez oprocz albo jesli byl byla nem nincs soha de vagy ei en et eivat mutta
  degil yok hic ama veya
  لا ليس ليست لم لن ما غير بدون ابدا لكن كان كانت قبل اذا او ربما
  לא אין בלי אבל או אם אולי היה
  नहीं मत बिना लेकिन या अगर tidak bukan belum tanpa jangan tapi atau khong chua δεν οχι μην χωρις αλλα`);

/** The same in scripts without spaces, by character or run. */
export const TURNING_UNSPACED: RegExp =
  /[不没沒無无非未别勿曾]|但|除了|以前|如果|可能|也许|也許|想要|打算|ない|なかっ|ません|ぬ|ずに|なく|以外|けど|かも|でした|だった|たい|前は|ไม่|แต่|ถ้า|เคย|อาจ|없|않|아니|못/u;

/** What may follow a bare statement and only add to it. */
export const CONNECTORS: ReadonlySet<string> = words(`
  in at on near by with from for to as and who which that where whose because since named called about around along
  together during every into through beside between under over of both plus , ; : ( - – —
  und mit bei aus fur als der die das weil seit namens nahe neben
  et avec a de dans chez pour qui que car depuis nomme nommee pres
  y e con en de para que porque desde llamado llamada cerca
  con di da per che perche chiamato chiamata vicino
  com em para que porque chamado chamada perto
  met bij uit voor die dat omdat sinds genaamd och med hos som for og
  и с со в во на из у для который которая которые потому по имени z ze w na i dla ktory ktora
  و مع في من على الذي التي ، 、 。 . 「 『`);

/** Adjectives and adverbs that may stand inside the fuller of two statements. Short on purpose: not "toy", not "hot". */
export const HARMLESS_INSERTS: ReadonlySet<string> = words(`
  red orange yellow green blue purple pink brown black white grey gray golden silver dark light bright big small large
  little tiny huge tall short young cute lovely beautiful friendly playful great good nice happy proud dear own german
  french italian spanish english american japanese chinese beloved furry fluffy absolutely truly deeply highly
  severely strictly extremely mostly happily`);

/** Number words, months, weekdays, relative days: as binding as figures. */
export const NUMBER_WORDS: ReadonlySet<string> = words(`
  zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
  eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half dozen
  once twice first second third january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight
  zwei drei vier funf sechs sieben acht neun zehn elf zwolf hundert tausend januar februar marz mai juni juli oktober
  dezember montag dienstag mittwoch donnerstag freitag samstag sonntag heute gestern morgen
  deux trois quatre cinq sept huit neuf dix cent mille janvier fevrier mars avril juin juillet aout septembre octobre
  novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche hier demain
  dos tres cuatro cinco seis siete ocho nueve diez cien mil enero febrero marzo abril mayo junio julio agosto
  septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo hoy ayer manana
  два две три четыре пять шесть семь восемь девять десять сто тысяча января февраля марта апреля мая июня июля августа
  сентября октября ноября декабря понедельник вторник среда четверг пятница суббота воскресенье сегодня вчера завтра
  一 二 三 四 五 六 七 八 九 十 百 千 万 两`);

/** Ways of saying "I am not sure". */
export const HEDGES: RegExp =
  /\b(?:maybe|perhaps|probably|possibly|might|not (?:quite |entirely |really )?(?:sure|certain)|unsure|i think|i guess|i believe|i suppose|i assume|if i remember|as far as i know|apparently|supposedly|could be|may be|may have|seems to|vielleicht|wahrscheinlich|vermutlich|ich glaube|ich denke|peut-etre|probablement|je crois|je pense|quizas?|tal vez|a lo mejor|probablemente|creo que|forse|probabilmente|credo che|talvez|acho que|misschien|waarschijnlijk|ik denk|kanske|kanskje|maske)\b|может быть|возможно|наверное|кажется|думаю|也许|也許|可能|大概|好像|たぶん|多分|かもしれ|と思う|と思います|ربما|אולי|शायद|아마/u;

/** What holds for some days only: the tram is back after them. */
export const FOR_A_WHILE: RegExp =
  /\bfor (?:(?:\d|one|two|three|four|five|a few|a couple of|the next few|some) (?:days|nights|hours|weeks)|(?:a|one|the) (?:day|night|weekend|week)|today|tonight)\b/u;

/** An open stretch that reaches the present: "since 2019". */
export const SINCE: RegExp =
  /\b(?:since|for (?:the (?:last|past) )?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|many|a few|years|months)|seit|depuis|desde|sinds|sedan|siden)\b|以来|から住|自从|已经|с тех пор|منذ/u;
