import { join } from "node:path";
import { longestBlock, median, sample } from "./measure.ts";
import type { Figure, RunContext, SpeedRow } from "./row.ts";
import { openStore } from "./stores.ts";
import { emptyLine, memoryText, tellingLine } from "./texts.ts";

const LENGTH = 1_000_000;

/** Texts of a million characters: what people paste. */
const CONTENTS: Readonly<Record<string, () => string>> = {
  "lines of prose": () => grow((number) => `${sentence(number)}\n`),
  "one line of prose": () => grow((number) => `${sentence(number)} `),
  "a chat log": () =>
    grow(
      (number) =>
        `${number % 3 === 0 ? "Ana" : "Ben"}: ${number % 2 === 0 ? tellingLine(number) : emptyLine(number)}\n`,
    ),
  "no white space": () => grow((number) => Buffer.from(memoryText(number)).toString("base64url")),
};

export const longMessage: SpeedRow = {
  name: "long-message",
  about: "one message of 1 MB: wall time and the longest time that the event loop is held",
  run: async (context) => {
    const figures: Figure[] = [];
    for (const [name, make] of Object.entries(CONTENTS)) figures.push(...(await addLong(context, name, make())));
    return figures;
  },
};

/** Other work on the machine holds this process as well: the middle of three says more than the worst. */
const ROUNDS = 3;

async function addLong({ folder, progress }: RunContext, name: string, content: string): Promise<Figure[]> {
  const memory = openStore(join(folder, `long-${name.replaceAll(" ", "-")}.db`), "builtin");
  // Code is warm, as it is in a program that has been running.
  for (let round = 0; round < 60; round += 1) await memory.add(tellingLine(round), { userId: "warm" });
  await memory.add(content.slice(0, 60_000), { userId: "warm" });
  const walls: number[] = [];
  const blocks: number[] = [];
  let facts = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { wallMs } = await sample(async () => {
      const { result, blockMs } = await longestBlock(() =>
        memory.add([{ role: "user", content }], { userId: `long-${round}` }),
      );
      blocks.push(blockMs);
      facts = result.results.length;
    });
    walls.push(wallMs);
    progress(`1 MB of ${name}: ${wallMs.toFixed(0)} ms, longest block ${(blocks.at(-1) ?? 0).toFixed(0)} ms`);
  }
  await memory.close();
  const among = `median of ${ROUNDS}`;
  return [
    {
      what: `one message of 1 MB, ${name}`,
      value: median(walls) / 1000,
      unit: "s wall",
      bar: 2,
      aim: 0.5,
      note: `${among}; ${facts} facts`,
    },
    {
      what: "the same, longest event-loop block",
      value: median(blocks),
      unit: "ms",
      bar: 50,
      note: `${among}; ${blocks.map((block) => block.toFixed(0)).join(", ")}`,
    },
  ];
}

function grow(part: (number: number) => string): string {
  const parts: string[] = [];
  for (let number = 0, length = 0; length < LENGTH; number += 1) {
    const next = part(number);
    parts.push(next);
    length += next.length;
  }
  return parts.join("").slice(0, LENGTH);
}

/** One line in ten is about the speaker. */
function sentence(number: number): string {
  if (number % 10 === 0) return tellingLine(number);
  const words = memoryText(number);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
