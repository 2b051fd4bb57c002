import type { Memory } from "../../src/index.ts";
import type { AliasCase } from "./alias-cases.ts";

export interface AliasOutcome {
  readonly names: boolean;
  readonly facts: boolean;
  readonly answer: boolean;
  readonly problems: readonly string[];
}

/** Tells the story to a user of its own, and asks. */
export async function checkAlias(memory: Memory, story: AliasCase, userId: string): Promise<AliasOutcome> {
  for (const { text, at } of story.said) await memory.add(text, { userId, timestamp: at });
  const problems: string[] = [];
  for (const { name, is } of story.names) {
    const { entity } = await memory.neighbours(name, { userId });
    if (entity?.name !== is) problems.push(`"${name}" is ${entity?.name ?? "nobody"}, not ${is}`);
  }
  const names = problems.length === 0;
  for (const { of, predicate, object, asOf } of story.facts) {
    const { results } = await memory.relations({
      userId,
      subject: of,
      predicate,
      ...(asOf === undefined ? {} : { asOf }),
    });
    const found = results.map((relation) => relation.object.name).join(", ");
    if (found !== object) problems.push(`${of} ${predicate} ${found === "" ? "nothing" : found}, not ${object}`);
  }
  const facts = problems.length === 0 || !problems.some((problem) => !problem.startsWith('"'));
  let answer = true;
  if (story.question !== undefined) {
    const { results } = await memory.search(story.question.text, { filters: { user_id: userId }, topK: 1 });
    answer = results[0]?.memory.includes(story.question.word) ?? false;
    if (!answer) problems.push(`${story.question.text} ${results[0]?.memory ?? "nothing"}`);
  }
  return { names, facts, answer, problems };
}
