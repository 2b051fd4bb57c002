import type { Memory } from "../../src/memory.ts";
import { DISTRACTOR_TURNS } from "./distractor-turns.ts";
import type { UpdateScenario } from "./update-phrasings.ts";

type SearchOptions = Readonly<Record<string, unknown>>;
export type Hit = Awaited<ReturnType<Memory["search"]>>["results"][number];
export type Added = Awaited<ReturnType<Memory["add"]>>["results"][number];

export interface PlayedUpdate {
  readonly scenario: UpdateScenario;
  /** What each statement's add reported, oldest first. */
  readonly added: readonly (readonly Added[])[];
  readonly hits: {
    readonly plain: readonly Hit[];
    readonly active: readonly Hit[];
    readonly latest: readonly Hit[];
    readonly asOf: readonly Hit[];
  };
}

const DAY = 86_400_000;

/** Tells one user's statements, each in the middle of a chat about other things, and asks for the value. */
export async function playUpdate(memory: Memory, scenario: UpdateScenario): Promise<PlayedUpdate> {
  const userId = scenario.id;
  const added: (readonly Added[])[] = [];
  let turn = [...userId].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  const smallTalk = (): { role: string; content: string }[] => {
    const [asked = "", answered = ""] = DISTRACTOR_TURNS[turn % DISTRACTOR_TURNS.length] ?? [];
    turn += 1;
    return [
      { role: "user", content: asked },
      { role: "assistant", content: answered },
    ];
  };
  for (const statement of scenario.statements) {
    await memory.add([...smallTalk(), ...smallTalk()], { userId, timestamp: new Date(statement.saidAt - DAY) });
    const { results } = await memory.add(
      [
        { role: "user", content: statement.text },
        { role: "assistant", content: "Got it, thanks for letting me know." },
        ...smallTalk(),
      ],
      { userId, timestamp: new Date(statement.saidAt) },
    );
    added.push(results);
  }
  const ask = async (options: SearchOptions, question = scenario.question): Promise<readonly Hit[]> => {
    const filters = { user_id: userId };
    const referenceDate = new Date(scenario.askedAt);
    return (await memory.search(question, { filters, referenceDate, topK: 10, ...options })).results;
  };
  const hits = {
    plain: await ask({}),
    active: await ask({ states: ["active"] }),
    latest: await ask({ latestOnly: true }),
    asOf: await ask({ asOf: new Date(scenario.oldAsOf) }, scenario.questionThen),
  };
  return { scenario, added, hits };
}

/** Whether the text names the value, as whole words in any case. */
export function holds(text: string, value: string): boolean {
  const literal = value.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, "iu").test(text);
}

/** A text that gives a value of before, and not the current one. */
export function isStale(text: string, scenario: UpdateScenario): boolean {
  const earlier = scenario.statements.map(({ value }) => value).filter((value) => value !== scenario.currentValue);
  return earlier.some((value) => holds(text, value)) && !holds(text, scenario.currentValue);
}

export function isCurrent(text: string, scenario: UpdateScenario): boolean {
  return holds(text, scenario.currentValue);
}

/** What was true at the moment before the last update, without what came after. */
export function isAnswerAsOf(text: string, scenario: UpdateScenario): boolean {
  return holds(text, scenario.oldValue) && !holds(text, scenario.currentValue);
}

/**
 * The last statement corrects ("Actually, it is …": it was never otherwise) or dates itself back ("from this
 * month"): what held shortly before it was said is then not what was thought before.
 */
export function speaksOfBefore(scenario: UpdateScenario): boolean {
  return /\b(?:actually|this month|this week|since)\b/iu.test(scenario.statements.at(-1)?.text ?? "");
}
