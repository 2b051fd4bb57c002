import { wordSet } from "./words.ts";

/** Words, cut to their first letters by the lookup below, that point to a category. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  family: wordSet(
    "sister brother mother mom mum father dad son daughter wife husband kid kids child children baby family parents grandma grandpa grandmother grandfather uncle aunt cousin niece nephew girlfriend boyfriend fiance fiancee partner spouse twins married wedding toddler siblings in-laws",
  ),
  professional_details: wordSet(
    "work works worked working job career company boss manager colleague colleagues office salary promoted promotion interview project client clients team meeting employer engineer developer teacher nurse designer business startup deadline conference degree university college study studies studying student internship resume freelance hired sprint release stakeholder presentation report",
  ),
  sports: wordSet(
    "run runs running ran marathon gym football soccer basketball tennis swim swimming swam yoga cycling bike hike hiking climbing ski skiing snowboarding surf surfing workout training volleyball baseball golf boxing kickboxing karate judo badminton rugby cricket race team match tournament pilates crossfit skating rowing",
  ),
  travel: wordSet(
    "trip travel traveled travelled traveling vacation holiday flight flew fly hotel airport visit visited visiting camping camped beach abroad passport itinerary backpacking roadtrip tour cruise airbnb train journey",
  ),
  food: wordSet(
    "eat eats eating ate food cook cooks cooking cooked recipe dinner lunch breakfast restaurant vegan vegetarian pescatarian pizza pasta sushi coffee tea wine beer chocolate cake bake baking baked allergic allergy nuts peanuts shellfish gluten dairy meal snack dessert cheese meat fish fruit vegetables drink drinks spicy diet milk bread soup salad curry keto",
  ),
  music: wordSet(
    "music song songs band concert guitar piano violin album sing singing singer drums playlist spotify jazz rock opera orchestra choir festival vinyl cello flute ukulele saxophone dj",
  ),
  health: wordSet(
    "doctor dentist hospital medication medicine allergic allergy therapy therapist surgery sick illness pain injury injured diabetes asthma anxiety depression sleep weight diet pregnant blood pressure appointment vaccine migraine insomnia adhd mg dose health clinic diagnosed mental kg recovery fitness lbs",
  ),
  technology: wordSet(
    "computer laptop phone iphone android software app code coding programming python javascript typescript rust server database api linux windows macbook editor vim git github docker kubernetes aws cloud deploy deployed deployment postgres sqlite redis npm pnpm yarn react framework library port endpoint backend frontend branch bug ai model website repo repository pipeline ci staging production vscode browser test tests build bundler tabs spaces node",
  ),
  hobbies: wordSet(
    "hobby hobbies painting paint paints painted drawing draw photography gardening garden knitting pottery reading books book chess gaming games game puzzles collecting crafts woodworking fishing birdwatching dancing dance writing sewing crochet origami baking lego volunteering volunteer camping origami",
  ),
  fashion: wordSet(
    "clothes clothing dress shoes sneakers jacket style fashion outfit wear wears jeans shirt jewelry necklace ring tattoo haircut makeup size suit boots",
  ),
  entertainment: wordSet(
    "movie movies film films series show shows netflix tv game games video anime book novel theater theatre concert podcast youtube cinema comedy streaming watching marvel documentary musical",
  ),
  milestones: wordSet(
    "birthday graduated graduation engaged married wedding born anniversary promoted moved retired divorced pregnant award won bought degree funeral died passed celebrated first",
  ),
};

/** The same by word, the categories of each in the order above. */
const CATEGORIES_OF: ReadonlyMap<string, readonly string[]> = byWord();

function byWord(): Map<string, string[]> {
  const categories = new Map<string, string[]>();
  for (const [category, words] of Object.entries(WORDS)) {
    for (const word of words) {
      const known = categories.get(word);
      if (known === undefined) categories.set(word, [category]);
      else known.push(category);
    }
  }
  return categories;
}

const BY_ATTRIBUTE: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /^(?:residence|name|nickname|age|birthday|hometown|phone|email|address|timezone|nationality|pronouns|height|language|speaks|username|religion)/u,
    ["personal_details"],
  ],
  [/^(?:relationship_status|family)/u, ["family"]],
  [/^(?:employer|role|salary|manager|colleague|work location|field of work)/u, ["professional_details"]],
  [/^(?:school|studies|graduated)/u, ["professional_details", "personal_details"]],
  [/^(?:likes|dislikes|prefers|preference|favorite|avoids|indentation|theme)/u, ["user_preferences"]],
  [/^diet/u, ["food", "health"]],
  [/^allergy/u, ["health", "food"]],
  [/^(?:health|medication|dose|weight|sleep)/u, ["health"]],
  [/^(?:pet)/u, ["family"]],
  [/^drink/u, ["food", "user_preferences"]],
  [/^(?:plays|practices|collects|learning)/u, ["hobbies"]],
  [/^(?:reading|watching)/u, ["entertainment"]],
  [
    /^(?:package manager|database|web framework|editor|cloud|ci|test runner|bundler|linter|operating system|browser|shell|programming language|phone|laptop|version|port|url|branch|host|orm|runtime|orchestrator|api style|version control)/u,
    ["technology"],
  ],
  [/^(?:deadline|budget|status|issue tracker|chat tool)/u, ["professional_details"]],
  [/^(?:price|owns|car)/u, ["personal_details"]],
];

/** Categories of the fifteen defaults, the most telling ones first; "misc" where none fits. */
export function categorize(lower: string, attribute: string | undefined, isInstruction: boolean): string[] {
  const found: string[] = isInstruction ? ["user_preferences"] : [];
  const add = (category: string): void => {
    if (!found.includes(category)) found.push(category);
  };
  if (attribute !== undefined)
    for (const [pattern, categories] of BY_ATTRIBUTE) if (pattern.test(attribute)) categories.forEach(add);
  const counts = new Map<string, number>();
  for (const word of lower.split(/[^\p{L}\p{N}+#-]+/u)) {
    for (const category of CATEGORIES_OF.get(word) ?? []) counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  for (const [category] of [...counts]
    .toSorted((left, right) => right[1] - left[1])
    .slice(0, found.length === 0 ? 3 : 1))
    add(category);
  return found.length === 0 ? ["misc"] : found.slice(0, 4);
}
