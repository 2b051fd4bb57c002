/**
 * The third of the phrasings that was written before their author had read the
 * rules that they test. They aren't to be changed to fit the rules: a rule that
 * misses one is a figure, not a reason to edit this file.
 *
 * `{old}` and `{new}` are values of a slot, `{event}` what happened, `{when}`
 * the words of a time.
 */

/** How sure a reader can be that the new value has taken the place of the old. */
export type Clarity = "explicit" | "vague";

export interface BlindSlot {
  slot: string;
  values: string[];
  first: string[];
  changes: { text: string; clarity: Clarity }[];
  questions: string[];
}

export const BLIND_SLOTS: BlindSlot[] = [
  {
    slot: "home",
    values: ["Leeds", "Porto", "Zagreb", "Austin", "Osaka", "Ghent"],
    first: ["My home is in {old}.", "I've been living in {old}."],
    changes: [
      { text: "I've relocated to {new}.", clarity: "explicit" },
      { text: "I don't live in {old} anymore, I live in {new}.", clarity: "explicit" },
      { text: "We finally moved house, our new place is in {new}.", clarity: "explicit" },
      { text: "The boxes are unpacked and {new} is starting to feel normal.", clarity: "vague" },
    ],
    questions: ["What city do I call home?", "Where am I living?"],
  },
  {
    slot: "employer",
    values: ["Siemens", "Nordlicht", "Halden Bank", "Brightwave", "Kestrel Labs", "Ubisoft"],
    first: ["I have a job at {old}.", "I'm employed by {old}."],
    changes: [
      { text: "I left {old} and joined {new}.", clarity: "explicit" },
      { text: "I now work for {new} instead of {old}.", clarity: "explicit" },
      { text: "I started a new job at {new}.", clarity: "explicit" },
      { text: "The people at {new} gave me a badge and a laptop today.", clarity: "vague" },
    ],
    questions: ["Who is my employer?", "Which company do I work for?"],
  },
  {
    slot: "role",
    values: ["nurse", "data analyst", "carpenter", "product manager", "chef", "translator"],
    first: ["I work as a {old}.", "By profession I'm a {old}."],
    changes: [
      { text: "I stopped being a {old}, I'm a {new} now.", clarity: "explicit" },
      { text: "I changed careers and became a {new}.", clarity: "explicit" },
      { text: "Somehow they let me do the {new} thing full time.", clarity: "vague" },
    ],
    questions: ["What do I do for a living?", "What is my profession?"],
  },
  {
    slot: "car",
    values: ["Skoda Octavia", "Volvo V60", "Mazda 3", "Tesla Model 3", "Fiat Panda", "Subaru Outback"],
    first: ["I drive a {old}.", "My car is a {old}."],
    changes: [
      { text: "I sold the {old} and bought a {new}.", clarity: "explicit" },
      { text: "I replaced my {old} with a {new}.", clarity: "explicit" },
      { text: "I traded in my {old} for a {new}.", clarity: "explicit" },
      { text: "There's a {new} in the driveway these days.", clarity: "vague" },
    ],
    questions: ["What car do I have?", "Which car do I drive?"],
  },
  {
    slot: "diet",
    values: ["vegetarian", "vegan", "pescatarian", "omnivore"],
    first: ["I'm {old}.", "I have been {old} since college."],
    changes: [
      { text: "I'm no longer {old}, I've gone {new}.", clarity: "explicit" },
      { text: "I switched from being {old} to being {new}.", clarity: "explicit" },
      { text: "Turns out the {new} menu suits me much better.", clarity: "vague" },
    ],
    questions: ["What is my diet?", "What kind of food do I eat?"],
  },
  {
    slot: "favourite drink",
    values: ["oolong tea", "flat white", "ginger beer", "mango lassi", "cold brew", "kombucha"],
    first: ["My favourite drink is {old}.", "{old} is my favourite drink."],
    changes: [
      { text: "My favourite drink is {new} now.", clarity: "explicit" },
      { text: "My favourite drink used to be {old}, now it's {new}.", clarity: "explicit" },
      { text: "I can't seem to stop ordering {new} lately.", clarity: "vague" },
    ],
    questions: ["What's my favourite drink?", "What do I like to drink the most?"],
  },
  {
    slot: "phone",
    values: ["Pixel 8", "iPhone 15", "Galaxy S24", "Fairphone 5", "Xperia 1", "Nothing Phone"],
    first: ["My phone is a {old}.", "I use a {old}."],
    changes: [
      { text: "I upgraded from the {old} to a {new}.", clarity: "explicit" },
      { text: "My {old} broke, so my phone is now a {new}.", clarity: "explicit" },
      { text: "Typing this on the {new}, big fingers and all.", clarity: "vague" },
    ],
    questions: ["What phone do I use?", "Which phone do I have?"],
  },
  {
    slot: "dentist",
    values: ["Dr. Okafor", "Dr. Lindqvist", "Dr. Marino", "Dr. Petrova", "Dr. Chen", "Dr. Abbas"],
    first: ["My dentist is {old}.", "I see {old} for my teeth; {old} is my dentist."],
    changes: [
      { text: "I changed dentists, my new dentist is {new}.", clarity: "explicit" },
      { text: "{old} retired, so {new} is my dentist now.", clarity: "explicit" },
      { text: "{new} had a look at the crown this time.", clarity: "vague" },
    ],
    questions: ["Who is my dentist?", "What is the name of my dentist?"],
  },
];

/** Something that ended with nothing in its place. */
export interface BlindEnding {
  topic: string;
  first: string;
  ending: string;
  clarity: Clarity;
  question: string;
  /** A word of the first statement that a current answer mustn't show. */
  gone: string;
}

export const BLIND_ENDINGS: BlindEnding[] = [
  {
    topic: "car",
    first: "I own a Toyota Yaris.",
    ending: "I don't own a Toyota Yaris anymore.",
    clarity: "explicit",
    question: "What car do I own?",
    gone: "Yaris",
  },
  {
    topic: "gym",
    first: "I'm a member of the Ironworks gym.",
    ending: "I cancelled my Ironworks gym membership.",
    clarity: "explicit",
    question: "Which gym am I a member of?",
    gone: "Ironworks",
  },
  {
    topic: "smoking",
    first: "I smoke ten cigarettes a day.",
    ending: "I quit smoking.",
    clarity: "explicit",
    question: "Do I smoke?",
    gone: "ten cigarettes",
  },
  {
    topic: "job",
    first: "I work at Copperfield.",
    ending: "I no longer work at Copperfield.",
    clarity: "explicit",
    question: "Where do I work?",
    gone: "I work at Copperfield",
  },
  {
    topic: "piano",
    first: "I take piano lessons.",
    ending: "I gave up piano lessons.",
    clarity: "explicit",
    question: "Do I take piano lessons?",
    gone: "take piano",
  },
  {
    topic: "magazine",
    first: "I subscribe to the Northern Gazette.",
    ending: "I stopped subscribing to the Northern Gazette.",
    clarity: "explicit",
    question: "What do I subscribe to?",
    gone: "subscribe to the Northern Gazette",
  },
  {
    topic: "flat",
    first: "I rent a studio in Ghent.",
    ending: "The keys to the Ghent studio are back with the landlord.",
    clarity: "vague",
    question: "What do I rent?",
    gone: "rent a studio",
  },
];

/** A state with its start or its length, and what they come to when said on `saidOn`. */
export interface BlindDuration {
  text: string;
  saidOn: string;
  question: string;
  clarity: Clarity;
  /** The beginning of what is true, to the precision of `grain`. */
  from?: string;
  to?: string;
  grain: "day" | "month" | "year";
}

export const BLIND_DURATIONS: BlindDuration[] = [
  {
    text: "I have been working at Siemens for three years.",
    saidOn: "2025-06-10",
    question: "How long have I worked at Siemens?",
    clarity: "explicit",
    from: "2022-06-10",
    grain: "year",
  },
  {
    text: "I've lived in Porto since May 2019.",
    saidOn: "2025-06-10",
    question: "How long have I lived in Porto?",
    clarity: "explicit",
    from: "2019-05-01",
    grain: "month",
  },
  {
    text: "I've played the cello since 2008.",
    saidOn: "2025-06-10",
    question: "How long have I been playing the cello?",
    clarity: "explicit",
    from: "2008-01-01",
    grain: "year",
  },
  {
    text: "I lived in Kyoto from 2014 to 2017.",
    saidOn: "2025-06-10",
    question: "How long did I live in Kyoto?",
    clarity: "explicit",
    from: "2014-01-01",
    to: "2017-12-31",
    grain: "year",
  },
  {
    text: "I'm staying in Bergen until 3 September.",
    saidOn: "2025-06-10",
    question: "How long am I staying in Bergen?",
    clarity: "explicit",
    to: "2025-09-03",
    grain: "day",
  },
  {
    text: "My wife and I have been married for twelve years.",
    saidOn: "2025-06-10",
    question: "How long have we been married?",
    clarity: "explicit",
    from: "2013-06-10",
    grain: "year",
  },
  {
    text: "For the last six months I've been learning Turkish.",
    saidOn: "2025-06-10",
    question: "How long have I been learning Turkish?",
    clarity: "explicit",
    from: "2024-12-10",
    grain: "month",
  },
  {
    text: "I've had this cough for two weeks.",
    saidOn: "2025-06-10",
    question: "How long have I had the cough?",
    clarity: "explicit",
    from: "2025-05-27",
    grain: "day",
  },
  {
    text: "I've had my dog Biscuit ever since the summer of 2021.",
    saidOn: "2025-06-10",
    question: "How long have I had Biscuit?",
    clarity: "explicit",
    from: "2021-06-01",
    grain: "year",
  },
  {
    text: "I've been gluten free for ages now.",
    saidOn: "2025-06-10",
    question: "How long have I been gluten free?",
    clarity: "vague",
    grain: "year",
  },
];

/** An event and the words of its time, said on a day, with the day that they mean. */
export interface BlindEvent {
  text: string;
  saidOn: string;
  happenedOn: string;
  grain: "day" | "month" | "season" | "year";
}

export const BLIND_EVENTS: BlindEvent[] = [
  {
    text: "I ran the Lisbon marathon on 12 October 2024.",
    saidOn: "2025-02-03",
    happenedOn: "2024-10-12",
    grain: "day",
  },
  { text: "Three days ago I passed my driving test.", saidOn: "2025-02-20", happenedOn: "2025-02-17", grain: "day" },
  { text: "I broke my wrist last month.", saidOn: "2025-03-15", happenedOn: "2025-02-01", grain: "month" },
  { text: "Back in 2016 I graduated from Utrecht.", saidOn: "2025-03-15", happenedOn: "2016-01-01", grain: "year" },
  {
    text: "In the autumn of 2022 I adopted a greyhound.",
    saidOn: "2025-03-16",
    happenedOn: "2022-09-01",
    grain: "season",
  },
  {
    text: "The day before yesterday I signed the lease.",
    saidOn: "2025-04-09",
    happenedOn: "2025-04-07",
    grain: "day",
  },
  { text: "A week ago I finished my pottery course.", saidOn: "2025-04-30", happenedOn: "2025-04-23", grain: "day" },
  {
    text: "I visited my aunt in Lyon over Christmas 2023.",
    saidOn: "2025-05-02",
    happenedOn: "2023-12-25",
    grain: "day",
  },
  {
    text: "My appointment with the surgeon is next Monday.",
    saidOn: "2025-05-07",
    happenedOn: "2025-05-12",
    grain: "day",
  },
  { text: "In two weeks I fly to Toronto.", saidOn: "2025-05-08", happenedOn: "2025-05-22", grain: "day" },
  { text: "Tomorrow evening I have choir practice.", saidOn: "2025-05-09", happenedOn: "2025-05-10", grain: "day" },
  {
    text: "My sister is getting married in June 2026.",
    saidOn: "2025-05-10",
    happenedOn: "2026-06-01",
    grain: "month",
  },
];

/** What comes again and again, and how often. */
export const BLIND_RECURRENCES = [
  {
    text: "Every Tuesday I go swimming.",
    question: "How often do I go swimming?",
    rhythm: "weekly",
    words: "Every Tuesday",
  },
  {
    text: "I call my grandmother twice a week.",
    question: "How often do I call my grandmother?",
    rhythm: "weekly",
    words: "twice a week",
  },
  {
    text: "On the first of each month I pay the rent.",
    question: "How often do I pay the rent?",
    rhythm: "monthly",
    words: "each month",
  },
  { text: "I take my vitamins daily.", question: "How often do I take vitamins?", rhythm: "daily", words: "daily" },
  {
    text: "Once a year we all meet in Cornwall.",
    question: "How often do we meet in Cornwall?",
    rhythm: "yearly",
    words: "Once a year",
  },
  {
    text: "I have therapy every other Thursday.",
    question: "How often do I have therapy?",
    rhythm: "weekly",
    words: "every other Thursday",
  },
] as const;

/** Questions of an order, over the events `{first}` and `{second}` of one diary. */
export const BLIND_ORDER_QUESTIONS = {
  first: ["What was the first thing I did?", "What did I do first of all?"],
  last: ["What's the most recent thing I did?", "What happened last?"],
  before: ["What did I do before {when}?", "What took place prior to {when}?"],
  after: ["What have I done since {when}?", "What did I do after {when}?"],
  between: ["What happened between {from} and {to}?", "What did I do from {from} until {to}?"],
  upcoming: ["What do I have coming up?", "What are my plans for the next few weeks?"],
} as const;
