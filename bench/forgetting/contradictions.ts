import { BLIND_SLOTS } from "../time/blind-phrasings.ts";
import { pickOf, randomOf } from "../speed/random.ts";
import { DAY, NOW, withMemory } from "./case.ts";
import type { ForgettingCase } from "./case.ts";

interface Pair {
  readonly first: string;
  readonly other: string;
  readonly origin: ForgettingCase["origin"];
}

const OPEN: readonly { readonly text: string; readonly values: readonly string[] }[] = [
  { text: "I live in {}.", values: ["Lisbon", "Oslo", "Kyoto", "Tartu", "Leeds"] },
  { text: "I work at {}.", values: ["Globex", "Initech", "Northwind", "Contoso", "Acme"] },
  { text: "My name is {}.", values: ["Nora", "Ines", "Greta", "Mila", "Vera"] },
  { text: "My favourite colour is {}.", values: ["green", "orange", "violet", "teal", "red"] },
  { text: "My birthday is {}.", values: ["3 May", "11 June", "24 August", "2 October", "30 March"] },
  { text: "My dog is called {}.", values: ["Rex", "Bella", "Milo", "Fig", "Otto"] },
];

/**
 * Somebody says what holds; a document says otherwise. Nothing may be replaced by it, both must be listed as a
 * contradiction, and the one that is approved must be left alone, until that is taken back.
 */
export function contradictionCases(count: number): ForgettingCase[] {
  const random = randomOf(71);
  const blind = Math.floor(count / 3);
  const two = (values: readonly string[]): [string, string] => {
    const first = pickOf(values, random);
    return [
      first,
      pickOf(
        values.filter((value) => value !== first),
        random,
      ),
    ];
  };
  const pairs = Array.from({ length: count }, (_, place): Pair => {
    if (place < blind) {
      const { values, first: texts } = BLIND_SLOTS[place % BLIND_SLOTS.length] as (typeof BLIND_SLOTS)[number];
      const [old, other] = two(values);
      const text = texts[0] as string;
      return { first: text.replaceAll("{old}", old), other: text.replaceAll("{old}", other), origin: "blind" };
    }
    const { text, values } = OPEN[place % OPEN.length] as (typeof OPEN)[number];
    const [old, other] = two(values);
    return { first: text.replace("{}", old), other: text.replace("{}", other), origin: "open" };
  });
  return pairs.map(({ first, other, origin }, place) => ({
    suite: "contradictions",
    id: `contradiction-${place}`,
    clarity: "explicit",
    origin,
    check: () => check(first, other),
  }));
}

async function check(first: string, other: string): Promise<string | null> {
  return withMemory({}, async (memory) => {
    const owner = { userId: "ana" };
    const told = await memory.add(first, { ...owner, timestamp: new Date(NOW - 20 * DAY) });
    const file_data = `data:text/plain,${encodeURIComponent(other)}`;
    const content = [
      { type: "text", text: "Look" },
      { type: "file", file: { filename: "note", file_data } },
    ];
    await memory.add([{ role: "user", content }], { ...owner, timestamp: new Date(NOW - 10 * DAY) });
    const fact = told.results[0];
    if (fact === undefined) return `no fact of "${first}"`;
    if ((await memory.get(fact.id))?.state !== "active") return `"${other}" of a document replaced "${first}"`;
    const { contradictions } = await memory.review(owner);
    const found = contradictions.find(({ memories }) => memories.some(({ id }) => id === fact.id));
    if (found === undefined) return `"${first}" and "${other}" are not listed`;
    const { batchId } = await memory.approve(fact.id);
    const left = (await memory.review(owner)).contradictions.length;
    const states = await Promise.all(found.memories.map(({ id }) => memory.get(id)));
    if (left !== 0 || states.some((item) => (item?.id === fact.id) !== (item?.state === "active")))
      return "the approved one does not stand alone";
    await memory.undo(batchId ?? "");
    return (await memory.review(owner)).contradictions.length === 1
      ? null
      : "undo did not bring the contradiction back";
  });
}
