/** A side of life that questions after how things are ask about, and by which statements are known to speak of it. */
export interface TopicRow {
  readonly asks: RegExp;
  /** Words that tell of it by themselves, in any form. */
  readonly words?: string;
  /** What tells of it in several words, or by the form of its values. */
  readonly tells?: RegExp;
  /** Words that tell of it and may be the answer themselves. */
  readonly values?: string;
  /** Words by which a statement is found that only its form tells of. */
  readonly hints?: string;
  /** So is a time of the clock. */
  readonly hasClock?: boolean;
}

const STREET =
  /\b\d{1,4} ?[a-z]?,? (?:\p{Lu}[\p{L}'’.-]* ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Court|Place|Way|Terrace|Crescent|Gardens?|Grove|Hill|Row|Square|Yard|Mews|Walk|Parade|Boulevard|Quay|Wharf|Green|Park|View|Rise|House|Buildings?|Heights|Circle|Alley|Mill|Bank)\b|\b\p{Lu}\p{L}*(?:stra(?:ß|ss)e|weg|platz|allee|gasse|laan|straat|gracht|plein) \d{1,4}\b|\b(?:[Rr]ue|[Aa]venue|[Vv]ia|[Cc]alle|[Rr]ua|[Pp]iazza|[Pp]laza) (?:\p{Ll}+ )?\p{Lu}/u;
const UP_AT =
  /\b(?:up|awake|wake|waking|rise|out of bed) (?:at|by|around|before|from|till|until)? ?(?:about |around )?(?:\d|half|quarter|noon|five|six|seven|eight|nine|ten|eleven|dawn)|\bsleep(?:s|ing)? (?:in )?(?:till|until|til) /iu;

/**
 * Two statements of one side of life need not share a word: "I train at Ironworks", "switched gyms, I'm at the Y now".
 * The words are those of the things, places, people and doings of each side, in English.
 */
export const TOPIC_ROWS: readonly TopicRow[] = [
  // Home and people.
  {
    asks: /\b(?:postal |home |street |delivery |mailing |shipping )address\b|\b(?:my|our) address\b|\baddress\b.*\bdeliver|\b(?:deliver\w*|parcels?|packages?|post|mail)\b.*\b(?:go|going|sent|delivered|left)\b/iu,
    words: "address deliver delivery parcel package post postal postcode courier doorstep letterbox buzzer doorbell",
    hints: "street road lane avenue terrace court",
    tells: STREET,
  },
  {
    asks: /\b(?:flat|room|house)mates?\b|\bshare (?:the|my|our|an?) (?:flat|house|apartment|room|place)\b|\bwho\b.*\blives? with\b/iu,
    words: "flatmate roommate housemate lodger",
    hints: "flat house apartment room share living live move",
    tells:
      /\bshar(?:e|es|ing) (?:the|my|our|an?) (?:\p{L}+ )?(?:flat|house|apartment|place|room)\b|\bliv(?:e|es|ing) (?:here )?with\b|\b(?:moved|moving) in\b|\bme and \p{Lu}\p{L}+ (?:liv|in the)|\b(?:spare|old|empty|other|\p{L}+['’]s|her|his|their) room\b/iu,
  },
  {
    asks: /\bpartner\b|\b(?:girl|boy)friend\b|\bdating\b|\bgoing out with\b|\bin a relationship\b|\brelationship status\b|\blove life\b|\bseeing (?:any|some)\p{L}+\b|\bwho am i seeing\b/iu,
    words: "partner date",
    values: "girlfriend boyfriend fiance fiancee husband wife engage marry divorce single",
    hints: "official seeing together",
    tells:
      /\bseeing (?:someone|somebody|\p{Lu}\p{L}+)|\bmade it official\b|\bgoing out with\b|\b(?:broke|split|breaking|splitting) up\b|\bin a relationship\b|\btogether with\b|\bgot together\b|\bare an item\b/iu,
  },
  {
    asks: /\b(?:look(?:s|ing)? after|minds?|care for)\b.*\b(?:kids?|child(?:ren)?|girls?|boys?|sons?|daughters?|baby|twins|toddler)\b|\b(?:childcare|nursery|childminder|nanny|daycare|kindergarten|babysitter)\b/iu,
    words: "childcare",
    values: "childminder nursery nanny daycare creche kindergarten preschool babysitter sitter",
  },
  // The day.
  {
    asks: /\b(?:wake|waking|woken|get up|getting up|alarm)\b/iu,
    words: "wake woke waking alarm",
    hints: "sleep usually",
    hasClock: true,
    tells: UP_AT,
  },
  {
    asks: /\bbed(?:time)?\b.*|\bgo to sleep\b|\b(?:what time|when)\b.*\bsleep\b/iu,
    words: "bed bedtime asleep",
    hints: "sleep lights",
    hasClock: true,
    tells: /\blights? out\b|\bturn(?:ing)? in\b|\bhit the (?:hay|sack|pillow)\b/iu,
  },
  {
    asks: /\bcommut\w*\b|\b(?:get|gets|getting|go|travel) (?:in)?to (?:work|the office|school|uni\w*|college|town)\b/iu,
    words: "commute",
    values: "bus train tram tube metro ferry bike cycling cycle scooter car drive walk walking carpool",
  },
  {
    asks: /\b(?:what|which)\b.*\b(?:days|hours|shifts?)\b.*\b(?:work|am i|office)\b|\b(?:working|office) (?:days?|hours)\b|\bshift(?:s| pattern)?\b/iu,
    words: "shift rota roster timetable",
    hints: "hours office work",
    tells: /\bhours\b|\b(?:in|into|at) the office\b|\boffice days?\b|\bwork(?:ing|s)?\b.*\b\p{L}+days?\b/iu,
  },
  // The body.
  {
    asks: /\bgym\b|\b(?:where|which)\b.*\b(?:train|exercise|work(?:ing)? out|lift|swim)\b/iu,
    words: "gym gymnasium crossfit treadmill barbell dumbbell workout lifting sauna",
    hints: "train training lift exercise membership swim",
    tells:
      /\bwork(?:ing)? out\b|\b(?:i|we) (?:train|lift|exercise|swim)\b|\bmembership\b|\btrain(?:s|ing)? (?:at|with)\b/iu,
  },
  {
    asks: /\b(?:what|which|kind of|sort of) (?:exercise|sports?|workouts?)\b|\bexercise do\b|\bkeep fit\b/iu,
    values:
      "run jog swim swimming cycling yoga pilates tennis badminton squash football rugby hockey basketball volleyball climbing bouldering rowing boxing karate judo dancing hiking skating padel golf weights crossfit",
  },
  {
    asks: /\binjur(?:y|ies|ed)\b|\bwhat(?:['’]s| is) wrong with (?:me|my)\b/iu,
    words: "injury injured physio limp bandage plaster crutches",
    values:
      "sprain strain fracture torn hamstring ankle knee shoulder wrist elbow hip calf achilles tendon ligament meniscus cartilage groin shin concussion bruise dislocate rib toe heel tendonitis fasciitis hernia whiplash",
  },
  {
    asks: /\b(?:medication|medicine|meds|pills?|tablets?|prescri\w+|drugs?)\b/iu,
    words:
      "medication medicine med pill tablet capsule dose dosage prescribe prescription gp doctor psychiatrist cardiologist consultant pharmacist mg",
  },
  {
    asks: /\bhair(?:cut|style|do)?\b/iu,
    words: "hair haircut dye bleach hairdresser barber salon",
    values:
      "fringe bob bang pixie blonde brunette redhead ginger highlights perm ponytail bun plait braid shave shaved cropped mullet buzz curl curls",
  },
  // Food and drink.
  {
    asks: /\bcoffee\b(?!.*\b(?:beans?|machine|maker|grinder|table|shop)\b)/iu,
    words: "coffee barista",
    values: "espresso latte cappuccino cortado americano macchiato mocha decaf filter doppio ristretto lungo frappe",
    tells: /\bflat whites?\b|\blong black\b|\bcold brew\b/iu,
  },
  {
    asks: /\b(?:drink|drinking) (?:any )?(?:alcohol|wine|beer)\b|\bdo i (?:still )?drink\b(?!\s+(?:tea|coffee|milk))|\balcohol\b/iu,
    words: "alcohol booze pub",
    values: "wine beer cider gin whisky whiskey vodka cocktail pint sober teetotal",
  },
  {
    asks: /\b(?:supermarket|grocer(?:y|ies))\b|\bshop(?:ping)? for food\b|\bbuy (?:my|our|the) food\b|\bfood shop(?:ping)?\b/iu,
    words: "supermarket grocery shopping",
    hints: "food shop",
    tells: /\b(?:big|weekly|food) shop\b|\bshop(?:s)? (?:at|in)\b|\bfood\b/iu,
  },
  {
    asks: /\bfavou?rite (?:restaurant|place to eat|cafe|café|takeaway|pizzeria|bistro|diner|pub|bar)\b|\b(?:restaurant|pub|bar|cafe|café)\b.*\b(?:best|most|favou?rite)\b/iu,
    words: "restaurant bistro diner pizzeria trattoria brasserie takeaway eat dine",
    hints: "beat beats favourite fave table dinner",
    tells:
      /\bnothing (?:beats|tops)\b|\bcan['’]?t beat\b|\b(?:favou?rite|fave|best|go-to) (?:place|spot|table|meal|food|dinner|lunch)\b/iu,
  },
  // Free time.
  {
    asks: /\b(?:am|are) (?:i|we) reading\b|\bcurrently reading\b|\b(?:book|novel)\b.*\b(?:am i|are we|reading|on)\b/iu,
    words: "read reading book novel chapter kindle audiobook author page paperback hardback sequel",
  },
  {
    asks: /\b(?:am|are) (?:i|we) watching\b|\b(?:show|series|programme|program)\b.*\b(?:am i|are we|watch\w*|on)\b/iu,
    words: "watch show series episode season binge netflix finale",
  },
  {
    asks: /\bmusic\b|\b(?:am|are|do) (?:i|we) listen(?:ing)?\b/iu,
    words: "music listen playlist album headphones",
    values: "jazz techno folk metal rock pop classical opera blues soul reggae",
  },
  {
    asks: /\binstruments?\b/iu,
    words: "instrument",
    values:
      "guitar piano keyboard keyboards violin viola cello bass drums drum trumpet trombone flute clarinet oboe saxophone sax harp ukulele banjo mandolin accordion harmonica organ synth fiddle tuba horn recorder",
  },
  {
    asks: /\bvoice\b.*\bsing\b|\bsing\b/iu,
    words: "sing choir chorus",
    values: "alto soprano sopranos tenor bass baritone mezzo",
  },
  {
    asks: /\b(?:paint|draw|sketch) (?:with|in|on)\b/iu,
    words: "paint canvas easel",
    values: "oil watercolour watercolor acrylic gouache pastel ink charcoal tempera",
  },
  {
    asks: /\b(?:play games|gaming|console)\b/iu,
    words: "console gaming game emulator",
    values: "playstation xbox nintendo steam",
    tells: /\b(?:PS\d|Switch|Steam Deck|Wii)\b/u,
  },
  {
    asks: /\b(?:holiday|vacation|getaway|trip)\b.*\b(?:this|plan\w*|where|destination|going|booked|go)\b|\bwhere\b.*\b(?:holiday\w*|vacation|trip|away)\b|\b(?:holiday|travel|trip|vacation) destination\b/iu,
    words: "holiday vacation trip flight fly hotel airbnb villa resort ferry cruise destination itinerary",
    hints: "going off heading flying travelling",
    tells: /\b(?:we|i)(?:['’]re|['’]m| are| am) (?:going|off|heading|flying|driving|travell?ing) to\b/iu,
  },
  {
    asks: /\bwedding\b|\bgetting married\b/iu,
    words: "wedding venue ceremony reception invite invitation registrar vicar bridesmaid caterer",
  },
  {
    asks: /\bflights?\b|\b(?:we|i) fly(?:ing)?\b|\bplane\b/iu,
    words: "flight fly plane airline airport gate board boarding depart departure rebook rebooked reschedule",
  },
  {
    asks: /\bseats?\b/iu,
    words: "seat reseat reseated row aisle stalls balcony",
  },
  {
    asks: /\bchurch\b|\b(?:mosque|synagogue|temple)\b|\bworship\b/iu,
    words: "church chapel worship mass parish congregation cathedral mosque synagogue temple pray",
    tells: /\bSt\.? \p{Lu}\p{L}+['’]s\b/u,
  },
  // Money and contracts.
  {
    asks: /\bbank(?:s|ing)?\b(?!.*\b(?:holiday|food bank)\b)/iu,
    words: "bank account overdraft branch iban debit isa",
    hints: "save savings salary paid pay card mortgage",
  },
  {
    asks: /\b(?:broadband|internet|wi-?fi)\b(?!.*\bpassword\b)/iu,
    words: "broadband internet wifi router fibre isp modem",
  },
  {
    asks: /\b(?:energy|electricity|gas|power)\b.*\b(?:supplier|provider|company|from|with|who)\b|\b(?:supplier|provider|who)\b.*\b(?:energy|electricity|gas|power)\b/iu,
    words: "energy electricity electric gas power tariff meter kwh",
  },
  {
    asks: /\binsur(?:ed|ance|er|es)\b/iu,
    words: "insure insurance insurer insured policy premium cover claim",
  },
  {
    asks: /\b(?:phone|mobile) (?:contract|plan|provider|network)\b|\b(?:network|carrier)\b.*\bphone\b/iu,
    words: "network carrier sim esim roaming contract",
  },
  // Things.
  {
    asks: /\b(?:what|which) (?:car|vehicle)\b|\bcar do\b|\bdo (?:i|we) drive\b/iu,
    words: "car drive vehicle dealer dealership mot",
    values: "hatchback saloon suv convertible",
  },
  {
    asks: /\b(?:operating system|OS)\b|\blaptop\b.*\b(?:run|runs|running)\b/u,
    words: "distro reinstall wipe wiped",
    values: "linux ubuntu fedora debian mint windows macos chromeos archlinux",
  },
  {
    asks: /\beditor\b|\bIDE\b|\b(?:write|edit) (?:my |our )?code\b/u,
    words: "editor ide coding code",
    values: "vim neovim emacs vscode sublime zed helix nano jetbrains intellij pycharm webstorm cursor",
  },
  {
    asks: /\bhost(?:s|ed|ing)?\b(?!.*\b(?:dinner|party|roast|guests?|club)\b)|\bdeploy(?:ed|s)?\b/iu,
    words: "host hosting hosted deploy deployed server vps cloud droplet",
  },
  // Work and school.
  {
    asks: /\b(?:teacher|tutor|coach|instructor)\b/iu,
    words: "teacher tutor coach instructor lesson class teach",
  },
  {
    asks: /\b(?:how big|how many|size)\b.*\bteam\b|\bteam size\b/iu,
    words: "team headcount",
    hints: "people quit join joined hired",
    tells: /\b(?:people|of us|joiners?|heads?)\b/iu,
  },
  {
    asks: /\b(?:phone|office|extension|work|desk) (?:phone )?number\b/iu,
    words: "phone number extension switchboard line mobile landline",
  },
  {
    asks: /\b(?:driving |driver['’]s )?licen[cs]e\b/iu,
    words: "licence license",
    values: "licensed provisional learner",
    tells: /\b(?:passed|failed) (?:my|the) (?:driving )?test\b/iu,
  },
  {
    asks: /\bwalk(?:s|ing)? with\b|\bget(?:s|ting)? (?:about|around)\b/iu,
    values: "cane stick walker crutch crutches wheelchair frame scooter rollator",
  },
];
