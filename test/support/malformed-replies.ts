import { pick, seededRandom } from "./ordinary-texts.ts";

/** What people said, and what a model makes of it. With every sign that JSON, Markdown and Python care about. */
export const SAYINGS: readonly (readonly [said: string, fact: string])[] = [
  ["I keep bees near Ghent.", "User keeps bees near Ghent."],
  ['I named my boat "The Gull".', 'User named his boat "The Gull".'],
  ["My sister's café is called O'Hara's.", "User's sister's café is called O'Hara's."],
  ["I moved to São Paulo in 2019.", "User moved to São Paulo in 2019."],
  ["Our wifi plan costs {30} euros, I think.", "User's wifi plan costs {30} euros."],
  ["I run C:\\tools\\build every morning.", "User runs C:\\tools\\build every morning."],
  ["My three goals: sleep, swim, read.", "User's three goals: sleep, swim, read."],
  ["I play the oboe [second chair] in Leeds.", "User plays the oboe [second chair] in Leeds."],
  ["I paid 1,250.50 dollars for my piano.", "User paid 1,250.50 dollars for his piano."],
  ["My daughter Zoë turned 7 on Sunday.", "User's daughter Zoë turned 7 on Sunday."],
  ["I bake sourdough // rye mostly.", "User bakes sourdough // rye mostly."],
  ["My doctor put me on 20 mg of lisinopril.", "User's doctor put him on 20 mg of lisinopril."],
  ["I speak Basque 😀 at home.", "User speaks Basque 😀 at home."],
  ["I sold the red Vespa to Marek.", "User sold the red Vespa to Marek."],
  ["I don't eat shellfish.", "User doesn't eat shellfish."],
  ["I teach year-9 physics, mostly optics.", "User teaches year-9 physics, mostly optics."],
];

export interface MalformedReply {
  readonly kind: string;
  readonly text: string;
  /** The facts that stand in it from end to end. */
  readonly complete: readonly string[];
}

type Random = () => number;
interface Draft {
  readonly texts: readonly string[];
  readonly random: Random;
}

const factOf = (text: string, index: number): Record<string, unknown> => ({
  text,
  kind: "fact",
  speaker: "User",
  subject: null,
  attribute: null,
  value: null,
  change: "none",
  from: null,
  to: null,
  granularity: null,
  entities: [{ name: text.split(" ").at(-1), type: "other" }],
  relations: [],
  categories: [],
  confidence: 0.9,
  sources: [{ message: index + 1, quote: text.split(" ").slice(2, 6).join(" ") }],
});
const whole = ({ texts }: Draft): string => JSON.stringify({ facts: texts.map(factOf) });
const pretty = ({ texts }: Draft): string => JSON.stringify({ facts: texts.map(factOf) }, null, 2);
const either = (draft: Draft): string => (draft.random() < 0.5 ? whole(draft) : pretty(draft));
const python = (value: unknown): string => {
  if (value === null) return "None";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, held]) => `'${key}': ${python(held)}`)
      .join(", ")}}`;
  if (typeof value !== "string") return String(value);
  const escaped = value.replaceAll("\\", "\\\\");
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
};
/** Facts whose record is closed before the cut; the end of the last one may be what is missing. */
const cutAt = (draft: Draft, text: string, encode: (part: string) => string): { text: string; complete: string[] } => {
  const ends = draft.texts.map((fact, index) => {
    const record = encode(JSON.stringify(factOf(fact, index)));
    return text.indexOf(record) + record.length;
  });
  const first = ends[0] ?? 0;
  const at = first + Math.floor(draft.random() * (text.length - first));
  return { text: text.slice(0, at), complete: draft.texts.filter((_fact, index) => (ends[index] ?? 0) <= at) };
};
const inString = (text: string): string => JSON.stringify(text).slice(1, -1);

/** One way each in which models have been seen to answer. */
const DAMAGES: Readonly<Record<string, (draft: Draft) => string | { text: string; complete: string[] }>> = {
  fenced: (draft) => `\`\`\`json\n${either(draft)}\n\`\`\``,
  "fenced, with prose around": (draft) =>
    `Sure! Here is what I found {see below}:\n\n\`\`\`\n${either(draft)}\n\`\`\`\nLet me know [if] you need more.`,
  "fence without an end": (draft) => `\`\`\`json\n${either(draft)}`,
  "prose around": (draft) => `The facts are: ${either(draft)} That's all {really}.`,
  "JSON in a string": (draft) => JSON.stringify(whole(draft)),
  "JSON in a string in a string": (draft) => JSON.stringify(JSON.stringify(either(draft))),
  "a string in a fence": (draft) => `\`\`\`json\n${JSON.stringify(whole(draft))}\n\`\`\``,
  "JSON in a field": (draft) => JSON.stringify({ result: either(draft) }),
  "escaped, without quotes around": (draft) => inString(whole(draft)),
  truncated: (draft) => cutAt(draft, whole(draft), (part) => part),
  "truncated in a fence": (draft) => {
    const { text, complete } = cutAt(draft, whole(draft), (part) => part);
    return { text: `\`\`\`json\n${text}`, complete };
  },
  "truncated string": (draft) => cutAt(draft, JSON.stringify(whole(draft)), inString),
  "list of strings": ({ texts }) => JSON.stringify(texts),
  "strings under facts": ({ texts }) => JSON.stringify({ facts: texts }),
  "Mem0's shape": ({ texts }) =>
    JSON.stringify({ memory: texts.map((text, id) => ({ id: String(id), text, attributed_to: "user" })) }),
  memories: ({ texts }) => JSON.stringify({ memories: texts.map((memory) => ({ memory })) }),
  "bare list": ({ texts }) => JSON.stringify(texts.map(factOf)),
  "one record for each line": ({ texts }) => texts.map((text, index) => JSON.stringify(factOf(text, index))).join("\n"),
  "a record alone": ({ texts: [text = ""] }) => ({ text: JSON.stringify(factOf(text, 0)), complete: [text] }),
  "numbered records": ({ texts }) => JSON.stringify({ facts: Object.fromEntries(texts.map(factOf).entries()) }),
  "other names": ({ texts, random }) =>
    JSON.stringify({
      extracted_facts: texts.map((text, index) => ({
        [pick(["fact", "memory", "content", "statement", "sentence", "Text"], random)]: text,
        source_messages: [index + 1],
      })),
    }),
  "an answer in an answer": (draft) => JSON.stringify({ response: { data: JSON.parse(whole(draft)) as unknown } }),
  "commas at the end": (draft) => pretty(draft).replaceAll(/(?<=["\d\]}el])\n(\s*[}\]])/gu, ",\n$1"),
  Python: ({ texts }) => python({ facts: texts.map(factOf) }),
  NaN: (draft) => either(draft).replaceAll("0.9", "NaN"),
  "bare keys": (draft) => whole(draft).replaceAll(/"(\w+)":/gu, "$1: "),
  comments: (draft) => pretty(draft).replaceAll(/^(\s*)"kind"/gmu, '$1// what it is\n$1"kind"'),
  "line breaks in strings": (draft) => whole(draft).replaceAll(/(?<="text":"User\S*) /gu, "\n"),
  "quotes not escaped": (draft) => {
    const texts = [...new Set([...draft.texts, SAYINGS[1]?.[1] ?? ""])];
    return { text: whole({ ...draft, texts }).replaceAll(String.raw`\"`, '"'), complete: texts };
  },
  "commas missing": (draft) => pretty(draft).replaceAll(/(?<=["\d\]}el]),\n/gu, "\n"),
  "end missing": (draft) => whole(draft).slice(0, -2),
  "byte order mark": (draft) => `\u{feff}${either(draft)}`,
  reasoning: (draft) =>
    `<think>\nThe user says {"facts": [{"text": "User might be a spy"}]} or so.\n</think>\n\n${either(draft)}`,
  "reasoning without its beginning": (draft) => `So I will answer in JSON.\n</think>\n${either(draft)}`,
  "double braces": (draft) => `{${whole(draft)}}`,
  call: (draft) => `json(${either(draft)});`,
  "a note after": (draft) => `${either(draft)}\n\nNote: I left out {"text": small talk}.`,
  "full-width marks and no-break spaces": (draft) => pretty(draft).replaceAll("  ", "\u{a0}\u{3000}"),
};

/** As many replies as asked for, each of another seed; the ways take turns. */
export function malformedReplies(count: number): MalformedReply[] {
  const kinds = Object.keys(DAMAGES);
  return Array.from({ length: count }, (_, seed) => {
    const random = seededRandom(seed + 1);
    const kind = kinds[seed % kinds.length] as string;
    const start = Math.floor(random() * SAYINGS.length);
    const number = 1 + Math.floor(random() * 5);
    const texts = Array.from({ length: number }, (__, index) => SAYINGS[(start + index) % SAYINGS.length]?.[1] ?? "");
    const made = DAMAGES[kind]?.({ texts, random }) ?? "";
    return typeof made === "string" ? { kind, text: made, complete: texts } : { kind, ...made };
  });
}

/** Nothing in these can be used. */
export const UNREADABLE: readonly string[] = [
  "",
  " \n",
  "I'm sorry, but I can't help with that.",
  "{}",
  "null",
  "42",
  "true",
  '"facts"',
  '{"memory":null}',
  '{"facts":null}',
  '{"facts":"none"}',
  '{"facts":[{"text":42}]}',
  '{"facts":[{"text":{"a":1}}]}',
  '{"facts":[{"te',
  '{"facts":[{"text":"User keeps be',
  "[[[]]]]]]",
  '{"error":{"message":"overloaded","code":529}}',
  "<html><body><h1>502 Bad Gateway</h1></body></html>",
  "<think>I wonder what to write",
  "```json\n```",
  "{".repeat(40_000),
  "[".repeat(40_000),
  '{"a":'.repeat(20_000),
  '[{"'.repeat(15_000),
  `{"a":"${"\\".repeat(40_000)}`,
  `{"text":"${'"'.repeat(40_000)}`,
  `{"a" ${" ".repeat(40_000)}`,
  "[/*".repeat(15_000),
  "'".repeat(40_000),
  "}".repeat(40_000),
];
