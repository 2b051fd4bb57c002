import type { PhrasingSet } from "./phrasing-set.ts";

/** How a person tells of tastes, hobbies and plans. */
export const BLIND_LEISURE_PHRASINGS: readonly PhrasingSet[] = [
  {
    family: "gym",
    origin: "blind",
    values: ["PureGym", "Ironworks", "the Y", "Bannatyne's", "CrossFit Docklands"],
    first: [
      "I train at {v}, mostly mornings, so plan around their opening times",
      "been going to {v} three times a week, legs are dead",
      "I'm a member at {v} and they have a rower, so include that in the plan",
    ],
    update: [
      "switched gyms btw, I'm at {v} now, way less crowded",
      "I cancelled {old} and joined {v} instead. so no more rower, sadly",
      "new gym! {v}. it's got a pool so can you put swims in",
      "I go to {v} now, it's closer to the office",
    ],
    question: ["Which gym do I go to?", "Where do I train?"],
  },
  {
    family: "favourite restaurant",
    origin: "blind",
    values: ["Padella", "Tandoor Chop House", "Bar Bruno", "Kiln", "Noodle Corner"],
    first: [
      "my favourite restaurant is {v}, hands down",
      "if we're talking food in town, {v} is my absolute favourite place",
      "nothing beats {v} for me, we go there for every birthday",
    ],
    update: [
      "ok I take it back, {v} is my favourite restaurant now. those dumplings...",
      "we went to {v} last night and it's my new favourite, sorry {old}",
      "my fave place to eat is {v} now btw",
    ],
    question: ["What's my favourite restaurant?", "Which restaurant do I like best?"],
  },
  {
    family: "favourite band",
    origin: "blind",
    values: ["Big Thief", "Khruangbin", "Fontaines D.C.", "Radiohead", "Wet Leg"],
    first: [
      "I'm obsessed with {v}, they're my favourite band by miles",
      "favourite band? {v}, easy",
      "{v} has been my favourite band since I was about 17",
    ],
    update: [
      "you know what, {v} are my favourite band now. seeing them live did it",
      "my favourite band's {v} these days, I've had them on repeat all month",
      "I've gone off {old} a bit, it's all about {v} now",
    ],
    question: ["What's my favourite band?", "Which band is my favourite?"],
  },
  {
    family: "favourite colour",
    origin: "blind",
    values: ["teal", "burnt orange", "mustard yellow", "forest green", "lilac"],
    first: [
      "my fave colour is {v} so maybe use that for the invite",
      "I love {v}, it's my favourite colour",
      "favourite colour's {v}, always has been",
    ],
    update: [
      "I'm over {old}, my favourite colour is {v} now",
      "can we change the invite? {v} is my favourite colour these days",
      "lol I repainted the whole room, {v} is my new favourite colour",
    ],
    question: ["What's my favourite colour?", "Which colour do I like most?"],
  },
  {
    family: "coffee order",
    origin: "blind",
    values: ["flat white", "oat latte", "double espresso", "cortado", "decaf americano"],
    first: [
      "I always get a {v}, so put me down for that",
      "mine's a {v} please, that's my usual",
      "my coffee order is a {v}, nothing fancy",
    ],
    update: [
      "I've switched to a {v} btw, the {old} was giving me jitters",
      "my usual's a {v} now",
      "for the coffee run: I have a {v} these days",
      "change my order to a {v} from now on would you",
    ],
    question: ["What's my usual coffee order?", "What coffee do I usually get?"],
  },
  {
    family: "language learnt",
    origin: "blind",
    values: ["Portuguese", "Korean", "Welsh", "Turkish", "Swedish"],
    first: [
      "I'm learning {v} on my commute, about 20 mins a day",
      "I've been trying to learn {v} for ages, give me five verbs",
      "started {v} lessons in the evenings, it's harder than I thought!",
    ],
    update: [
      "dropped {old} (sorry), I'm learning {v} now. teach me how to say hi",
      "I've moved on to {v}, got a trip coming up",
      "I'm doing {v} these days, so let's practise that instead",
      "Started learning {v}! my brain hurts",
    ],
    question: ["Which language am I learning?", "What language am I studying at the moment?"],
  },
  {
    family: "instrument",
    origin: "blind",
    values: ["cello", "ukulele", "drums", "trumpet", "accordion"],
    first: [
      "I play the {v}, badly, but I play it",
      "I've been taking {v} lessons since spring, my poor neighbours",
      "I'm learning the {v} at the moment so give me a practice plan",
    ],
    update: [
      "gave up on the {old}... I play the {v} now",
      "I'm taking {v} lessons now instead, the teacher is brilliant",
      "I've switched to the {v}. can you redo the practice plan?",
    ],
    question: ["Which instrument do I play?", "What instrument am I having lessons in?"],
  },
  {
    family: "book being read",
    origin: "blind",
    values: ["Middlemarch", "Piranesi", "The Overstory", "Dune", "Wolf Hall"],
    first: [
      "I'm reading {v} at the moment, no spoilers please",
      "currently halfway through {v}, it's slow but I like it",
      "our book club picked {v}, so that's what I'm on right now",
    ],
    update: [
      "finished {old} on the train!! now I'm reading {v}",
      "I've started {v}, only two chapters in but wow",
      "book update, I'm on {v} now",
    ],
    question: ["What am I reading at the moment?", "Which book am I reading?"],
  },
  {
    family: "subscription plan",
    origin: "blind",
    values: ["Basic plan", "Family plan", "Duo plan", "Student plan", "Premium plan"],
    first: [
      "I'm on the {v} for Spotify, is it worth it?",
      "we have the {v} on Spotify, comes out on the 3rd",
      "my Spotify's on the {v} right now",
    ],
    update: [
      "just switched Spotify over to the {v}",
      "Spotify's the {v} now, {old} got too pricey",
      "I changed my Spotify subscription to the {v} last night, took two clicks",
    ],
    question: ["Which Spotify plan am I on?", "What Spotify subscription do I have?"],
  },
  {
    family: "holiday plan",
    origin: "blind",
    values: ["Crete", "the Dolomites", "Madeira", "Brittany", "Tromsø"],
    first: [
      "we're going to {v} in August, first proper holiday in years",
      "planning our summer holiday, it's {v} this year",
      "booked {v} for the summer!! what do I pack",
    ],
    update: [
      "change of plan, flights were insane, we're doing {v} instead",
      "so the summer holiday is {v} now, don't ask, family vote",
      "we cancelled {old}. it's going to be {v} this summer",
      "we're going to {v} now rather than what I told you before",
    ],
    question: ["Where are we going on holiday this summer?", "What's our summer holiday destination?"],
  },
  {
    family: "marathon goal",
    origin: "blind",
    values: ["sub 4:30", "sub 4:00", "sub 3:45", "sub 3:30", "sub 5:00"],
    first: [
      "I want to run the marathon {v}, is that mad?",
      "my goal for the marathon is {v}",
      "aiming for {v} at the marathon in October, build me a plan",
    ],
    update: [
      "training's going great so I'm aiming for {v} now",
      "let's be realistic, marathon goal is {v} now",
      "new target for the marathon: {v}. {old} isn't happening",
    ],
    question: ["What's my marathon goal?", "What time am I aiming for at the marathon?"],
  },
];
