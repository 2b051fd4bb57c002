/** Past forms of what people do again and again, with the third person of today: "ran" is "runs". */
export const WITHOUT_OBJECT: Readonly<Record<string, string>> = {
  __proto__: null as never,
  biked: "bikes",
  climbed: "climbs",
  cycled: "cycles",
  danced: "dances",
  fasted: "fasts",
  gardened: "gardens",
  hiked: "hikes",
  jogged: "jogs",
  journaled: "journals",
  meditated: "meditates",
  overslept: "oversleeps",
  prayed: "prays",
  ran: "runs",
  rode: "rides",
  rowed: "rows",
  sailed: "sails",
  skated: "skates",
  skied: "skis",
  stretched: "stretches",
  surfed: "surfs",
  swam: "swims",
  volunteered: "volunteers",
  walked: "walks",
};

export const WITH_OBJECT: Readonly<Record<string, string>> = {
  __proto__: null as never,
  ate: "eats",
  attended: "attends",
  baked: "bakes",
  called: "calls",
  cleaned: "cleans",
  cooked: "cooks",
  did: "does",
  drank: "drinks",
  fed: "feeds",
  had: "has",
  met: "meets",
  mowed: "mows",
  ordered: "orders",
  painted: "paints",
  phoned: "phones",
  played: "plays",
  practiced: "practices",
  practised: "practises",
  rang: "rings",
  skipped: "skips",
  studied: "studies",
  taught: "teaches",
  took: "takes",
  visited: "visits",
  walked: "walks",
  watched: "watches",
  watered: "waters",
};

/** "went for a run", "went running", "back from a run": the activity's own verb. */
export const OUTINGS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  bike: "bikes",
  biking: "bikes",
  climb: "climbs",
  climbing: "climbs",
  cycling: "cycles",
  hike: "hikes",
  hiking: "hikes",
  jog: "jogs",
  jogging: "jogs",
  ride: "rides",
  riding: "rides",
  row: "rows",
  rowing: "rows",
  run: "runs",
  running: "runs",
  sailing: "sails",
  skating: "skates",
  skiing: "skis",
  surfing: "surfs",
  swim: "swims",
  swimming: "swims",
  walk: "walks",
  walking: "walks",
};

/** Third person of today to the past, for what has stopped. */
export const PAST_OF: Readonly<Record<string, string>> = {
  __proto__: null as never,
  ...Object.fromEntries(
    [...Object.entries(WITH_OBJECT), ...Object.entries(WITHOUT_OBJECT)].map(([past, today]) => [today, past]),
  ),
  goes: "went",
};

/** Objects that name nothing that comes again: "had a look", "did that", "took it". */
export const NO_OBJECT: ReadonlySet<string> = new Set(
  (
    "it that this them him her me us you one no none nobody some something anything everything nothing lot lots look chance time day good " +
    "great bad nice fun idea ideas problem problems trouble feeling thought question questions plan plans doubt way " +
    "enough more much many few bit while point turn advantage place part home hour hours minute minutes week year " +
    "well too not so better best"
  ).split(" "),
);

/** Where a phrase ends that names what was done. */
export const PHRASE_END: ReadonlySet<string> = new Set(
  (
    "a an the and or but then so because since when while with without at in on for from to into of by after before during this that " +
    "these those today yesterday tonight tomorrow again early late already just now there here which who as if until " +
    "monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night last next every each all " +
    "together alone instead though although however finally also it he she they we i you was were is are felt went until " +
    "twice once three two four five six seven"
  ).split(" "),
);
