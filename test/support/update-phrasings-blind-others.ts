import type { PhrasingSet } from "./phrasing-set.ts";

/** How a person tells of relatives, friends, colleagues, animals and places. */
export const BLIND_OTHERS_PHRASINGS: readonly PhrasingSet[] = [
  {
    family: "sister's city",
    origin: "blind",
    values: ["Bristol", "Melbourne", "Chicago", "Antwerp", "Nairobi"],
    first: [
      "my sister Priya lives in {v} so we only see her at christmas",
      "flying out to see my sister Priya next week, she's in {v}",
      "Priya (my sister) has been living in {v} since uni",
    ],
    update: [
      "Priya's moved to {v}! didn't see that coming",
      "my sister's in {v} now, so that changes the christmas plan",
      "Priya left {old} in the end, she's living in {v} now",
    ],
    question: ["Where does Priya live?", "Which city does my sister Priya live in?"],
  },
  {
    family: "son's school",
    origin: "blind",
    values: ["Oakfield Primary", "St Anselm's", "Hillcrest Academy", "Riverside Juniors"],
    first: [
      "my son Leo goes to {v}, it's a ten minute walk",
      "Leo's at {v}, year 3",
      "Leo started at {v} in september and loves it",
    ],
    update: [
      "we moved Leo to {v} after half term",
      "Leo goes to {v} now, different uniform obviously",
      "Leo's changed schools, he's at {v} now",
      "Leo isn't at {old} any more, he got a place at {v}",
    ],
    question: ["Which school does Leo go to?", "Where does my son go to school?"],
  },
  {
    family: "daughter's teacher",
    origin: "blind",
    values: ["Mrs Calloway", "Mr Adeyemi", "Miss Trent", "Mr Hoskins", "Ms Varga"],
    first: [
      "Maya's teacher is {v}, who she adores",
      "need to write a note to {v}, that's Maya's teacher",
      "Maya has {v} this year",
    ],
    update: [
      "{old} is on maternity leave so Maya's got {v} now",
      "Maya's teacher is now {v}",
      "new teacher for Maya, {v}, bit strict apparently",
    ],
    question: ["Who is Maya's teacher?", "Which teacher does Maya have?"],
  },
  {
    family: "mum's dosage",
    origin: "blind",
    values: ["1.25 mg", "2.5 mg", "7.5 mg", "10 mg"],
    first: [
      "mum takes {v} of ramipril for her blood pressure",
      "mum's ramipril is {v}, one in the morning",
      "they've got mum on ramipril {v}",
    ],
    update: [
      "the consultant raised mum's ramipril to {v}",
      "mum's on {v} of ramipril now",
      "mum takes {v} ramipril now instead of {old}, for your list",
    ],
    question: ["What dose of ramipril does mum take?", "How much ramipril is mum on?"],
  },
  {
    family: "colleague's role",
    origin: "blind",
    values: ["head of sales", "support lead", "finance director", "release manager", "chief of staff"],
    first: ["Tom's the {v}, cc him", "Tom is our {v}, he knows the numbers", "the one to ask is Tom, he's {v}"],
    update: [
      "Tom got promoted, he's {v} now",
      "Tom is now {v}, weird but ok",
      "as of this week Tom's our {v}, not {old}",
    ],
    question: ["What's Tom's role?", "What does Tom do at work?"],
  },
  {
    family: "friend's employer",
    origin: "blind",
    values: ["Vattenfall", "the Guardian", "Ocado", "Bosch", "Lufthansa"],
    first: [
      "my mate Karim works for {v}, might know someone",
      "Karim's at {v}, he could refer me",
      "Karim got a job at {v}, lucky guy",
    ],
    update: [
      "Karim quit! he's with {v} now",
      "turns out Karim works at {v} now",
      "Karim's left {old} for {v}, so no referral for me",
    ],
    question: ["Where does Karim work?", "Who does Karim work for?"],
  },
  {
    family: "friend's partner",
    origin: "blind",
    values: ["Bethany", "Soren", "Matteo", "Chiara", "Rashid"],
    first: [
      "Dan's bringing {v}, they've been dating since easter",
      "Dan is going out with {v}, so that's two more for dinner",
      "Dan's girlfriend or whatever, {v}, doesn't eat pork",
    ],
    update: [
      "Dan and {old} broke up :( he's seeing {v} now",
      "Dan's dating {v} now, keep up",
      "Dan's got someone new, {v}, so change the place card",
    ],
    question: ["Who is Dan dating?", "Who is Dan going out with?"],
  },
  {
    family: "brother's relationship",
    origin: "blind",
    values: ["single", "engaged", "married", "separated", "divorced"],
    first: [
      "my brother Joe's {v}, so one invite is enough",
      "my brother Joe is {v} at the moment",
      "Joe (brother) is {v}, don't bring it up at dinner",
    ],
    update: ["omg my brother Joe is {v} now", "so Joe's {v}, mum is in bits", "Joe's not {old} any more, he's {v}"],
    question: ["What's my brother Joe's relationship status?", "What's going on with my brother Joe's love life?"],
  },
  {
    family: "dog's food",
    origin: "blind",
    values: ["Lily's Kitchen", "Royal Canin", "Burns", "Orijen", "Harringtons"],
    first: ["Biscuit eats {v}, two cups a day", "we feed Biscuit {v}, she's a fussy lab", "our dog Biscuit is on {v}"],
    update: [
      "vet said change her food so Biscuit's on {v} now",
      "we switched Biscuit to {v}, itching has stopped!",
      "Biscuit eats {v} now, {old} upset her tummy",
    ],
    question: ["What does Biscuit eat?", "Which food do we feed Biscuit?"],
  },
  {
    family: "cat's vet",
    origin: "blind",
    values: ["Parkside Vets", "Cedar Animal Clinic", "Medivet", "Greenlane Surgery"],
    first: [
      "we take Miso to {v}, bit pricey but good with cats",
      "Miso's vet is {v}, when's the next jab due",
      "Miso is registered at {v}",
    ],
    update: [
      "we've moved Miso to {v}",
      "Miso's vet is {v} now, {old} shut down",
      "Miso's registered with {v} now, send the records there",
    ],
    question: ["Who is Miso's vet?", "Which vet do we take Miso to?"],
  },
  {
    family: "pet kept",
    origin: "blind",
    values: ["gecko", "hamster", "budgie", "rabbit", "tortoise"],
    first: [
      "Ella has a {v}, she's eight, it's a phase",
      "my niece Ella's got a pet {v}",
      "Ella keeps a {v} in her room, it stinks",
    ],
    update: [
      "RIP the {old}. Ella has a {v} now",
      "Ella got a {v} for her birthday since the last one died",
      "Ella's pet is a {v} these days",
    ],
    question: ["What pet does Ella have?", "Which animal does Ella keep?"],
  },
  {
    family: "grandpa's care home",
    origin: "blind",
    values: ["Sunnybank", "Elm Lodge", "Whitefriars", "The Laurels"],
    first: [
      "grandpa's in {v}, visiting is 2 to 5",
      "grandpa lives at {v} now that he can't do stairs",
      "we found a place for grandpa, it's {v}",
    ],
    update: [
      "grandpa's been moved to {v}, they have a garden",
      "grandpa's at {v} now, {old} couldn't give him the care",
      "we've transferred grandpa to {v}",
    ],
    question: ["Which care home is grandpa in?", "Where does grandpa live?"],
  },
  {
    family: "business ownership",
    origin: "blind",
    values: ["Mr Castellano", "the Brooks family", "Deniz", "a chain from London", "two sisters from Cork"],
    first: [
      "the corner café is owned by {v}, best buns in town",
      "{v} runs the corner café",
      "the corner café belongs to {v} and always has",
    ],
    update: [
      "the corner café got sold!! it belongs to {v} now",
      "so {v} took over the corner café",
      "{old} sold the corner café, it's owned by {v} now",
    ],
    question: ["Who owns the corner café?", "Who runs the corner café?"],
  },
  {
    family: "meeting room",
    origin: "blind",
    values: ["the Fishbowl", "room 4.12", "the Library", "room 2.07", "the Attic"],
    first: [
      "book club meets in {v}, bring snacks",
      "we have book club in {v} every other thursday",
      "book club's in {v}, for your invite text",
    ],
    update: [
      "book club's moved to {v}, someone double booked us",
      "book club is in {v} now",
      "we're doing book club in {v} from now on because {old} is being painted",
    ],
    question: ["Where does book club meet?", "Which room is book club in?"],
  },
  {
    family: "friend's due date",
    origin: "blind",
    values: ["12 May", "28 May", "4 June", "17 June"],
    first: [
      "Shona's due {v}, need a baby present",
      "Shona's baby is due on {v}",
      "my friend Shona is expecting, due date's {v}",
    ],
    update: [
      "Shona had her scan, the due date's {v} now",
      "they changed Shona's due date to {v}",
      "Shona's baby is now due {v} rather than {old}",
    ],
    question: ["When is Shona's baby due?", "What's Shona's due date?"],
  },
  {
    family: "landlord",
    origin: "blind",
    values: ["Mr Petrakis", "Homelet Ltd", "Mrs Iwu", "Foxgrove Lettings"],
    first: [
      "my landlord's {v}, takes forever to reply",
      "we rent from {v}",
      "the landlord is {v}, draft them a polite email about the boiler",
    ],
    update: [
      "the building got sold so our landlord is {v} now",
      "we rent from {v} now",
      "landlord's changed, it's {v}, {old} is out of the picture",
    ],
    question: ["Who is my landlord?", "Who do we rent from?"],
  },
];
