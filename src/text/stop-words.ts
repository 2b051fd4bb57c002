/** Languages that the analyzer and the detector tell apart by their function words; one bit each. */
export const LANGUAGE_BITS: ReadonlyMap<string, number> = new Map([
  ["en", 1],
  ["de", 2],
  ["fr", 4],
  ["es", 8],
  ["it", 16],
  ["pt", 32],
  ["nl", 64],
  ["sv", 128],
]);

/** Dropped from English and undetected text. Contractions are spelled as they are after the apostrophe is gone. */
const ENGLISH = `a about above after again against all am an and any are arent as at be because been before being
below between both but by can cant cannot could couldnt d did didnt didn do does doesnt doesn doing dont don down
during each few for from further get got had hadnt has hasnt hasn have havent haven having he her here hers herself
him himself his how i if in into is isnt isn it its itself just let ll m me more most mustnt my myself no nor not of
off on once only or other ought our ours ourselves out over own re s same shant she should shouldnt so some such t
than that the their theirs them themselves then there these they this those through to too under until up ve very was
wasnt wasn we were werent weren what when where which while who whom why will with won wont would wouldnt you your
yours yourself yourselves aren`;

// Words are written folded (no accents), as the analyzer sees them. A capital first letter marks a word that is
// also an English content word ("war", "hat"): on its own it is no evidence of the language.
const OTHERS: readonly (readonly [string, string])[] = [
  [
    "de",
    `aber alle als Am an auch auf aus Bei Bin bis bist da damit das dass Dein deine dem Den denn der Des dich Die dies
diese dieser dir doch dort du durch ein eine einem einen einer eines er es euch fur gegen gibt habe haben Hat hatte
hier Hin ich ihm ihn ihr ihre Im In ist ja jetzt kann kein keine konnen machen mal Man mehr mein meine mich mir mit
mochte muss nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine Seit sich sie sind so uber um und uns
unser unter viel vom von vor wann War waren warum Was weil welche welcher wem wen wenn wer werde werden wie wieder Will
wir wird wo wohin woher wurde zu zum zur zwischen`,
  ],
  [
    "fr",
    `a ai alors As au aussi autre aux avait avec avez avoir avons c ce cela ces cet cette ceux chez comme comment d dans
de Des depuis donc du elle elles en est et etait etre eux fait il ils j je l la le les leur leurs lui m ma Mais me Mes
moi Mon meme n ne ni nos notre nous On ont Ou oui Par pas Plus Pour pourquoi quand que quel quelle quelles quels qui
quoi sa Sans Se sera Ses si Son sont suis Sur T ta te tes Toi Ton tous Tout toute tres tu Un une vais vos votre vous y`,
  ],
  [
    "es",
    `A al algo antes asi aunque cada como con cual cuando cuanto cuantos cuantas de del desde donde dos el ella ellas
ellos en entre Era eres es esa ese eso esta estaba estan estar estas este esto estoy estos fue fui ha hace hay He hasta
la las le les lo los mas Me mi mis mientras mucho muy nada Ni No nos nosotros nuestra nuestro o os otra otro para pero
poco Por porque que quien quienes se sea ser si sido Sin sobre Son soy Su sus Tan tambien te tengo tiene tienes todo
todos tu tus un una uno unos usted ya yo`,
  ],
  [
    "it",
    `A abbiamo ai al alla alle anche ancora avere c che chi ci ciao Come con cosa cui da dagli dai dal dalla dalle degli
dei del della delle dello di dopo dove due e ed era essere fa fra gli Ha hai hanno ho i Il In io la Le lei li lo loro
lui ma mi mia miei mio molto ne nel nella nelle nello noi non nostra nostro o ogni per perche piu poi qual quale quando
quanti quanto quella quelle quello questa queste questi questo qui sei sempre senza si sia siamo sono sta stato su sua
sue sul sulla suo suoi te ti tra tu tua tuo tutti tutto un una uno vi voi`,
  ],
  [
    "pt",
    `A ao aos aquela aquele aqui As ate com como da das de dela dele depois Do Dos e ela elas ele eles em entre era essa
esse esta estava este estou eu faz foi fui ha isso isto ja lhe mais mas me mesmo meu meus minha minhas muito na nao nas
nem No Nos nossa nosso num numa nunca O onde os ou para pela pelo Por porque qual quais quando quanto que quem sao se
seja sem ser seu seus so sobre sua suas tambem te tem tenho ter teu tinha tu tua tudo um uma umas uns voce voces`,
  ],
  [
    "nl",
    `aan al alles als altijd ben bij daar dan dat De deze Die dit Do doch Doen door Dus een En er geen ge haar had heb
hebben heeft hem het hier hij Hoe hun iets ik In is ja je jij jou jouw kan kunnen maar meer Men met mij mijn moet na
naar niet niets nog nu Of om omdat onder ons onze ook Op Over Pas reeds sinds te tegen toch toen tot tussen u uit uw van
veel Voor waar waarom Wanneer Want Was Wat We wel welke werd wie wij Wil worden wordt zal ze zei zelf zich zij zijn Zo
zonder zou`,
  ],
  [
    "sv",
    `alla allt andra att av bara blev bli blir da De deg den denna det detta dig din dina ditt du dar efter eller en er
ett Fran for fore Fore ha hade Han Har henne hennes hon honom hur Har i icke Ingen inom inte jag ju Kan kunde Man manga
med mellan men mig Min mina mitt mot mycket nar nagon nagot nagra ni Nu och om oss pa pa samma Sedan Sig Sin sina Sitt
ska skulle som till Under upp ut utan vad var vara varfor Vart varje vem vi vid vilka vilken vill at ar over`,
  ],
];

/** Words of scripts that need no language vote: Russian, Ukrainian, Arabic, Persian, Hindi, Greek, Chinese, Japanese. */
const OTHER_SCRIPTS = `а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до
его ее ей ему если есть еще же за здесь и из или им их к как какая какие какой ко когда кто ли либо меня мне может мои
мой моя мы на над надо нам нас наш не него нее нет ни них но ну о об однако он она они оно от очень по под при про с
сам свой свою себя со так также такой там тебя тем то тоже того той только том тот ты у уже хотя чего чей чем что чтобы
эта эти это этого этот я є і й та це що як він вона вони ми але або
في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين هو هي هم هن انا أنا نحن انت أنت كان كانت يكون ما ماذا متى اين أين
كيف لماذا هل لا لم لن ان أن إن او أو ثم قد كل بعد قبل عند و يا از به در که را این آن است با برای
में है हैं का की के को से और यह वह था थी थे पर भी नहीं क्या कौन कहाँ कब कैसे मैं हम तुम आप मेरा मेरी मेरे एक ने तो
και το τα του της των τον την ο η οι σε με για από ειναι να δεν θα που πως τι στο στη στην στον μου σου ένα μια
的 了 是 我 你 他 她 它 们 在 有 和 也 就 都 不 吗 呢 吧 啊 这 那 很 与 或 及 么 什么 什 这个 那个 我们 你们 他们 您
です ます ました でし した して ませ せん から まで この その ある いる いま ない すか ます んで ので のは のが のを には とは`;

// The Arabic and Greek lists above are compared after folding, so they are folded the same way when the table is built.
const ENGLISH_BIT = 1;

export interface StopWord {
  /** Languages in which the word is a function word; `OTHER_SCRIPT_BIT` for scripts that decide by themselves. */
  readonly languages: number;
  /** True when seeing it alone says nothing about the language. */
  readonly isWeak: boolean;
}

export const OTHER_SCRIPT_BIT: number = 0x4000_0000;

/** Function word (folded, Latin script) to its languages. A `Map`, because "constructor" is an ordinary word. */
const LATIN: ReadonlyMap<string, StopWord> = buildLatin();
let otherScripts: ReadonlyMap<string, StopWord> | undefined;

/** What the tables know of a folded lower-case word. `fold` is only used to prepare the tables of other scripts. */
export function findStopWord(word: string, fold: (written: string) => string): StopWord | undefined {
  if (word.charCodeAt(0) < 128) return LATIN.get(word);
  // Prepared on first use: folding costs more than English-only processes should pay at start.
  otherScripts ??= new Map(
    OTHER_SCRIPTS.split(/\s+/u).map((written) => [fold(written), { languages: OTHER_SCRIPT_BIT, isWeak: false }]),
  );
  return otherScripts.get(word);
}

/** Every function word in Latin script, folded, for scripts and tests that go through them all. */
export function listStopWords(): ReadonlyMap<string, StopWord> {
  return LATIN;
}

function buildLatin(): Map<string, StopWord> {
  const table = new Map<string, StopWord>();
  const put = (written: string, bit: number): void => {
    const word = written.toLowerCase();
    const known = table.get(word);
    table.set(word, {
      languages: (known?.languages ?? 0) | bit,
      isWeak: (known?.isWeak ?? false) || written !== word,
    });
  };
  for (const word of ENGLISH.split(/\s+/u)) put(word, ENGLISH_BIT);
  for (const [language, words] of OTHERS) {
    for (const word of words.split(/\s+/u)) put(word, LANGUAGE_BITS.get(language) ?? 0);
  }
  return table;
}
