/**
 * Prints the mean and deviation of the cosine of unrelated texts in the built-in embedding space, for the constant
 * in src/adapters/models/static-embedder.ts: npm exec -c 'node scripts/measure-background.ts'
 *
 * Every message is on a subject of its own, so every question and message of two lines is an unrelated pair.
 */
import { createStaticEmbedder } from "../src/adapters/models/static-embedder.ts";

/** One question, and one message that answers it, per line. */
const SUBJECTS = `
Which fruit gives her a rash? | Strawberries bring me out in red spots, so I keep antihistamines in the kitchen drawer.
When does the car need new tires? | The mechanic said the front tires are worn and should be replaced before winter.
What instrument did he take up? | After years of thinking about it I finally rented a cello and started weekly lessons.
How did the marathon go? | I finished the race in just over four hours, my knees were burning for the last ten miles.
What colour is the nursery? | We painted the baby's room a pale green and hung paper clouds from the ceiling.
Who is moving to another country? | My cousin accepted a post as an engineer in Norway and leaves in September.
What broke in the kitchen? | The dishwasher leaked all over the floor again, so the plumber is coming on Thursday.
Which exam is she studying for? | The chemistry final covers six chapters and I have not opened half of them yet.
What did the dentist find? | Two small cavities and a cracked filling, the appointment to fix them is next month.
Where did they adopt the puppy? | The shelter called on Friday and we brought home a little brown terrier.
What is wrong with the deployment? | The release fails because the database migration runs before the new column exists.
How large is the mortgage? | The bank offered us a loan over twenty five years with a fixed rate.
What is planted in the garden? | Tomatoes are climbing the south wall and the beans are already in flower.
Which novel did the book club choose? | This month everyone is reading a long story about a lighthouse keeper's daughter.
What happened at the airport? | Our flight was cancelled because of fog and we slept on the benches by the gate.
Who won the chess match? | She sacrificed her queen early and forced a mate before he noticed the trap.
What does the contract say about notice? | Either party may end the agreement in writing three months ahead.
Which medicine was prescribed? | The doctor gave him tablets for high blood pressure, one every morning with food.
Where is the wedding? | The ceremony takes place in a vineyard and the dancing is in the old barn.
What did the telescope show? | Last night we could make out the rings of Saturn and four moons of Jupiter.
How is the strike going? | The union rejected the offer and the trains will stand still on Monday.
What gift did grandmother get? | We had a quilt sewn from the shirts that grandfather used to wear.
Which camera does he use? | An old film body with a fifty millimetre lens, bought at a flea market.
Why was the concert delayed? | The singer lost her voice, the hall is sold out for the new evening in May.
What does the insurance cover? | Water damage and theft are included, but not storms or broken windows.
How does he make bread? | A sourdough starter goes into the flour the night before and rises until morning.
What was found under the old house? | Workers dug up Roman coins and a piece of mosaic while laying the drains.
Which team lost on Sunday? | Our goalkeeper let in three before half time and the supporters went home early.
What is the password policy? | Accounts lock after five failed attempts and an administrator has to reset them.
Who teaches the pottery class? | An elderly potter with a wheel in her garage shows eight of us how to glaze bowls.
What worries her about the election? | Turnout among young voters fell and the polls have been wrong twice already.
Where do they ski? | Every January we rent a cabin near the slopes and fight about who drives.
How did the interview go? | They asked about my last manager and offered me the position on the spot.
Which birds visit the feeder? | Goldfinches and a pair of woodpeckers come at dawn for the seeds.
What is the budget of the film? | The producers have two million and need a location by the sea.
Why did they cancel the subscription? | The newspaper doubled its price and arrived wet on most days.
`;

const pairs = SUBJECTS.trim()
  .split("\n")
  .map((line) => line.split(" | "));
const embedder = createStaticEmbedder();
const questions = await embedder.embed(
  pairs.map(([question = ""]) => question),
  { purpose: "query" },
);
const messages = await embedder.embed(
  pairs.map(([, message = ""]) => message),
  { purpose: "document" },
);

const related: number[] = [];
const unrelated: number[] = [];
for (const [row, question] of questions.entries()) {
  for (const [column, message] of messages.entries()) {
    if (question === null || message === null) throw new Error(`Line ${row + 1} or ${column + 1} has no vector.`);
    const cosine = question.reduce((sum, value, at) => sum + value * (message[at] ?? 0), 0);
    (row === column ? related : unrelated).push(cosine);
  }
}
for (const [name, cosines] of Object.entries({ unrelated, related })) {
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  const variance = cosines.reduce((sum, value) => sum + (value - mean) ** 2, 0) / cosines.length;
  console.log(`${name}: mean ${mean.toFixed(3)}, deviation ${Math.sqrt(variance).toFixed(3)}, ${cosines.length} pairs`);
}
