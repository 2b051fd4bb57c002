import { z } from "zod";
import { monthIndex } from "./corpus.ts";
import type { Corpus, CorpusConversation, CorpusQuestion, CorpusTurn } from "./corpus.ts";

const turnSchema = z.object({
  speaker: z.string(),
  dia_id: z.string(),
  text: z.string(),
  blip_caption: z.string().optional(),
});
const questionSchema = z.object({
  question: z.string(),
  evidence: z.array(z.string()).default([]),
  category: z.number().int().min(1).max(5),
  answer: z.union([z.string(), z.number().transform(String)]).optional(),
});
const sampleSchema = z.object({
  sample_id: z.string(),
  conversation: z.record(z.string(), z.unknown()),
  qa: z.array(questionSchema),
});
const fileSchema = z.array(sampleSchema).min(1);
type Sample = z.infer<typeof sampleSchema>;

// The file does not name its categories; this is the usual reading.
const categoryNames = ["", "1 multi-hop", "2 temporal", "3 open-domain", "4 single-hop", "5 adversarial"];

interface Repairs {
  split: number;
  respelled: number;
  unresolved: number;
  duplicate: number;
  withoutEvidence: number;
}

export function isLocomo(data: unknown): boolean {
  return Array.isArray(data) && typeof data[0] === "object" && data[0] !== null && "sample_id" in data[0];
}

/** Reads LoCoMo's own JSON. Known flaws of the answer key are repaired here, never in the file. */
export function readLocomo(data: unknown): Corpus {
  const repairs: Repairs = { split: 0, respelled: 0, unresolved: 0, duplicate: 0, withoutEvidence: 0 };
  const conversations = fileSchema.parse(data).map((sample) => readSample(sample, repairs));
  const turns = conversations.flatMap((conversation) => conversation.turns);
  const sessions = new Set(conversations.flatMap(({ id, turns: own }) => own.map((turn) => `${id}/${turn.session}`)));
  const questions = conversations.flatMap((conversation) => conversation.questions);
  return {
    format: "locomo",
    conversations,
    notes: [
      `${conversations.length} conversations, ${sessions.size} sessions, ${turns.length} turns`,
      `${questions.length} questions scored (${questions.filter((question) => question.isHeadline).length} of categories 1-4)`,
      `evidence repairs: ${repairs.split} strings split, ${repairs.respelled} ids respelled, ` +
        `${repairs.unresolved} unresolvable ids dropped, ${repairs.duplicate} duplicates dropped, ` +
        `${repairs.withoutEvidence} questions without evidence left out`,
      "text = message + [shared <caption>]; the image search query is not indexed",
    ],
  };
}

function readSample(sample: Sample, repairs: Repairs): CorpusConversation {
  const turns = readTurns(sample);
  const known = new Set(turns.map((turn) => turn.id));
  const questions: CorpusQuestion[] = [];
  for (const [index, entry] of sample.qa.entries()) {
    const evidence = repairEvidence(entry.evidence, known, repairs);
    if (evidence.length === 0) {
      repairs.withoutEvidence += 1;
      continue;
    }
    questions.push({
      id: `${sample.sample_id}/q${index}`,
      category: categoryNames[entry.category] ?? String(entry.category),
      question: entry.question,
      evidence,
      // Category 5 asks for what was never said; its rare `answer` is no more right than its trap.
      answer: entry.category === 5 ? null : (entry.answer ?? null),
      rubric: [],
      isHeadline: entry.category !== 5,
    });
  }
  return { id: sample.sample_id, turns, questions };
}

function readTurns(sample: Sample): CorpusTurn[] {
  const turns: CorpusTurn[] = [];
  // Some samples carry times of sessions without turns, so the turns decide which sessions exist.
  for (let number = 1; number <= 100; number += 1) {
    const session = sample.conversation[`session_${number}`];
    if (session === undefined) continue;
    const start = readSessionTime(z.string().parse(sample.conversation[`session_${number}_date_time`]));
    for (const [index, turn] of z.array(turnSchema).parse(session).entries()) {
      turns.push({
        id: turn.dia_id,
        session: `session_${number}`,
        role: "user",
        name: turn.speaker,
        text: turn.blip_caption === undefined ? turn.text : `${turn.text} [shared ${turn.blip_caption}]`,
        timestamp: start + index,
      });
    }
  }
  return turns;
}

/** "1:56 pm on 8 May, 2023" as Unix seconds. The data names no time zone; UTC is assumed. */
function readSessionTime(text: string): number {
  const match = /^(\d{1,2}):(\d{2}) (am|pm) on (\d{1,2}) (\p{L}+), (\d{4})$/iu.exec(text.trim());
  if (match === null) throw new Error(`Expected a session time like "1:56 pm on 8 May, 2023", got "${text}".`);
  const [, hour = "", minute = "", half = "", day = "", month = "", year = ""] = match;
  const hours = (Number(hour) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  return Date.UTC(Number(year), monthIndex(month), Number(day), hours, Number(minute)) / 1000;
}

/** The order of the repairs is part of their definition: it decides the counts. */
function repairEvidence(strings: readonly string[], known: ReadonlySet<string>, repairs: Repairs): string[] {
  const evidence = new Set<string>();
  for (const text of strings) {
    const ids = text.split(/[;,\s]+/u).filter((id) => id !== "");
    if (ids.length > 1) repairs.split += 1;
    for (const written of ids) {
      const id = known.has(written) ? written : written.replace(/^D:?(\d+):0*(\d+)$/u, "D$1:$2");
      if (!known.has(id)) {
        repairs.unresolved += 1;
        continue;
      }
      if (id !== written) repairs.respelled += 1;
      if (evidence.has(id)) repairs.duplicate += 1;
      evidence.add(id);
    }
  }
  return [...evidence];
}
