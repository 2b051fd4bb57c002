/** One stored memory and a prompt that it should come up for. */
export interface RelatedPrompt {
  readonly memory: string;
  readonly prompt: string;
}

/** The threshold was chosen on this set. */
export const CHOSEN_ON: { readonly related: readonly RelatedPrompt[]; readonly unrelated: readonly string[] } = {
  related: [
    ["The checkout uses Stripe Payment Intents, never the old Charges API", "add a refund button to the checkout, which stripe api do we call"],
    ["We deploy with fly deploy from the release branch on Thursdays", "how do we deploy this?"],
    ["User prefers tabs over spaces in this repository", "reformat utils.ts, should I use tabs or spaces"],
    ["The staging database is a copy of production from Monday morning", "can I run the migration against the staging database"],
    ["We decided against GraphQL because the mobile team wants plain REST", "should the new endpoint be graphql"],
    ["Prices are stored in cents as integers", "add a discount field to the price of a product"],
    ["Hana owns the invoice service and reviews every change in it", "who should review my change to the invoice service"],
    ["The flaky cart test fails when the clock crosses midnight UTC", "the cart test is flaky again, any idea why"],
    ["Use pnpm, never npm, because the lockfile is pnpm's", "install zod"],
    ["Error messages shown to customers are written in German", "write the error message for an expired voucher"],
    ["The search index is rebuilt by the nightly job reindex-products", "products are missing in the search index since yesterday"],
    ["Feature flags live in config/flags.yaml and are read at start", "put the new wishlist behind a feature flag"],
    ["User always wants commit messages in the imperative mood", "commit this with a good commit message"],
    ["Sessions expire after 20 minutes because of the bank's audit", "users complain they are logged out, can we make the session longer"],
    ["The image resizer runs on a queue called thumbs", "thumbnails are not generated for new product images"],
    ["We chose Postgres advisory locks over Redis for the importer", "the importer runs twice in parallel, how do we lock it"],
    ["The admin panel must work in Firefox ESR", "can I use container queries in the admin panel"],
    ["Never log e-mail addresses; the data protection officer checks the logs", "add a log line when a customer changes their email address"],
    ["Voucher codes are case insensitive and eight characters long", "validate the voucher code input"],
    ["The API rate limit for partners is 50 requests per second", "partner gets 429 responses, what is the rate limit"],
  ].map(([memory = "", prompt = ""]) => ({ memory, prompt })),
  unrelated: [
    "write a kalman filter in rust", "explain the borrow checker to me", "what does this regular expression do: ^a+b$",
    "continue", "yes, go on", "ok do that", "make it shorter", "that did not work, try something else",
    "translate this paragraph into Portuguese", "draw an ascii cat", "how do I exit vim",
    "write a haiku about autumn", "convert this csv into a markdown table", "sort these names alphabetically",
    "implement a red black tree with delete", "what is the time complexity of heapsort",
    "why is the sky blue", "generate ten random uuids", "rename the variable x to width everywhere",
    "add a docstring to this function", "undo the last edit", "the build is broken again", "fix the lint warnings",
    "split this function in two", "what is the difference between a mutex and a semaphore",
    "write a shader that draws a checkerboard", "how large is a 4k frame in yuv420", "parse an mp3 header",
    "set up a kubernetes ingress with tls", "write a bash loop over all jpg files",
    "what does EADDRINUSE mean", "explain monads like I am five", "give me a regex for iso dates",
    "port this function from python to go", "add type hints", "why does numpy broadcast here",
    "bump the version to 2.4.1", "simplify this expression", "what is a bloom filter", "count the lines in src",
    "open the readme and summarise it", "write unit tests for the tokenizer", "profile the ray tracer",
    "use async await instead of callbacks", "how do I center a div", "show me the git log of last week",
    "create a dockerfile for a haskell program", "train a small decision tree on iris", "remove the unused imports",
    "is there a faster way to compute primes",
  ],
}; // prettier-ignore

/** Written before the threshold was chosen and not looked at for it: the figures are taken on this set. */
export const HELD_OUT: { readonly related: readonly RelatedPrompt[]; readonly unrelated: readonly string[] } = {
  related: [
    ["The firmware is flashed over SWD with probe-rs, the JTAG header is not populated", "how do I flash the firmware on the new board"],
    ["The temperature sensor reports tenths of a degree", "the temperature reads 215, is the sensor broken"],
    ["We keep the watchdog timeout at 8 seconds because the modem may block for 6", "can I shorten the watchdog timeout"],
    ["Measurements are batched and sent over MQTT every five minutes", "how often are measurements sent over mqtt"],
    ["Björn decided that the bootloader stays in C, only the application moves to Rust", "rewrite the bootloader in rust?"],
    ["The nightly pipeline runs in Airflow as dag sensor_rollup", "last night's pipeline run failed, where do I look"],
    ["Parquet files are partitioned by device and day", "write the parquet export for one device"],
    ["User wants plots in matplotlib without a grid", "plot the humidity series with matplotlib"],
    ["The dashboard shows local time of the device, everything else is UTC", "which timezone does the dashboard use"],
    ["Never enable the debug UART in release builds, it draws 3 mA", "turn on the debug uart so I can see the logs"],
    ["We pin the HAL crate to 0.16 because 0.17 breaks the I2C driver", "update all crates to the latest version, hal too"],
    ["Battery voltage below 3.3 V means the device must sleep", "what happens at low battery voltage"],
    ["The LoRa gateway in Malmö drops packets above 51 bytes", "packets get lost at the gateway in malmö"],
    ["Calibration values are kept in the last flash page", "where are the calibration values stored"],
    ["User prefers property tests over example tests for parsers", "write tests for the frame parser"],
    ["The customer acceptance test needs 72 hours without a reset", "how long must the acceptance test run"],
    ["We agreed to name topics site/device/quantity", "what should the mqtt topic for pressure be named"],
    ["The rain gauge sends two pulses per tip since revision C", "rain values are twice as high on revision c boards"],
    ["Alarms are sent by SMS through the provider 46elks", "add an sms alarm for frost"],
    ["Ingrid is away until May, ask Tomas about the antenna", "who can answer a question about the antenna"],
  ].map(([memory = "", prompt = ""]) => ({ memory, prompt })),
  unrelated: [
    "write a react hook that debounces input", "explain how oauth pkce works", "ok", "please continue with the next step",
    "no, revert that", "great, now do the same for the other file", "what is the capital of mongolia",
    "make the button blue", "write a limerick about semicolons", "compare svelte and solid",
    "add pagination to the users table", "why is my css grid overflowing", "how does a b-tree split a node",
    "turn this list comprehension into a loop", "generate a fake address for a test",
    "what is tail call optimisation", "extract this block into a helper", "write a makefile for a latex thesis",
    "how do I squash three commits", "add a favicon", "explain this stack trace",
    "write a sql query with a window function", "what are the solid principles", "convert celsius names to camel case",
    "implement quicksort in prolog", "the tests are red, please look", "rename the folder lib to library",
    "use const instead of let", "find all todo comments", "is this code thread safe",
    "suggest a name for a chess engine", "write a cron expression for every second tuesday",
    "how do I mock fetch in a unit test", "add dark mode", "why is this promise never resolved",
    "create a github action that runs eslint", "what does idempotent mean", "write a lexer for json",
    "shorten the introduction of the blog post", "explain big endian and little endian",
    "remove the console.log lines", "add an index to the orders table", "give me a checklist for a code review",
    "what is the syntax of a rust match", "port the script from bash to powershell", "scale the svg to 24 pixels",
    "write a websocket echo server", "explain what a closure is", "write a leetcode style solution for two sum",
    "is the moon getting further away",
  ],
}; // prettier-ignore

const THINGS =
  "cart,checkout,invoice,voucher,product page,price list,importer,mailer,login form,profile page,wish list,order table,stock counter,shipping label,tax rule,coupon banner,newsletter,review list,image gallery,search box,admin panel,audit log,export job,cron runner,settings dialog,webhook receiver,payment page,address book,returns form,loyalty card".split(
    ",",
  );
const ACTS =
  "loads slowly when the list is long|shows the wrong total after a reload|needs a second column for the date|throws when the value is empty|was moved into its own module|has a test that depends on the order of rows|reads its settings twice|must not block the first paint|keeps a stale copy after an update|is called from three places|got a new icon|writes one row too many|has no loading state|logs far too much|rounds half up where it should not".split(
    "|",
  );
const FORMS = [
  "The {thing} {act}, please have a look at {file}",
  "I changed {file} so that the {thing} no longer {act}",
  "We agreed that the {thing} {act} only until release {number}",
  "Ticket {number}: the {thing} {act}",
  "In {file} the {thing} {act}; I left a note in line {number}",
  "{name} says the {thing} {act} since version {number}",
];
const NAMES = "Hana,Ugo,Mirek,Aylin,Sanjay,Petra,Leo,Noor,Ines,Tariq".split(",");

/** So many different sentences of the talk in one shop's repository. */
export function fillerTalk(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const pick = <Item>(list: readonly Item[], step: number): Item =>
      list[Math.floor(index / step) % list.length] as Item;
    const thing = pick(THINGS, 1);
    return pick(FORMS, 7)
      .replace("{thing}", thing)
      .replace("{act}", pick(ACTS, 3))
      .replace("{file}", `src/${thing.replaceAll(" ", "-")}/part-${index % 97}.ts`)
      .replace("{number}", String(100 + index))
      .replace("{name}", pick(NAMES, 11));
  });
}
