/** Turns of a chat about other things, as [user, assistant]: they stand around what a test is about and name none of its values. */
export const DISTRACTOR_TURNS: readonly (readonly [string, string])[] = [
  ["what's a good way to get wax off a table?", "Chill it with ice, scrape it off, then wipe with warm soapy water."],
  ["can you proofread this: their going to the shops", 'It should be "they\'re going to the shops".'],
  ["how long do lentils keep once they're cooked", "About four days in the fridge in a closed box."],
  ["give me a synonym for tedious", "Monotonous, dreary or wearisome would all work."],
  ["it's been pouring all day here", "A good day to stay in then!"],
  ["why do cats knead?", "It goes back to kittenhood: it helps the milk flow, and they keep the habit as comfort."],
  ["what's 18% of 240", "That's 43.2."],
  ["is it ok to freeze cheese", "Hard cheese freezes fine, soft cheese gets crumbly."],
  ["write a limerick about a lost umbrella", "There once was a brolly so shy, it hid every time it was dry."],
  [
    "my printer keeps saying paper jam but there's none",
    "Check the rear tray and the rollers for scraps, then restart it.",
  ],
  ["who wrote The Trial again?", "Franz Kafka."],
  [
    "can I use baking soda instead of baking powder",
    "Use a third of the amount and add something sour such as lemon juice.",
  ],
  ["the neighbours are drilling again, send help", "Earplugs and patience. It will not last forever."],
  ["what's the plural of octopus", "Octopuses is the usual one."],
  ["suggest a podcast about history", "The Rest Is History is a popular choice."],
  ["how do you pronounce quinoa", "KEEN-wah."],
  ["I spilled tea on the rug, help", "Blot it with cold water and a little vinegar."],
  ["what does the moon have to do with tides", "Its gravity pulls the oceans, which makes two bulges of water."],
];
