import { z } from "zod";
import { monthIndex } from "./corpus.ts";
import type { Corpus, CorpusConversation, CorpusTurn } from "./corpus.ts";

const dateSchema = z.string().nullish();
const chatSchema = z.object({
  chat: z.string(),
  sessions: z.array(
    z.object({
      session: z.number(),
      date: dateSchema,
      messages: z.array(
        z.object({ id: z.number(), role: z.enum(["user", "assistant"]), content: z.string(), date: dateSchema }),
      ),
    }),
  ),
  questions: z.array(
    z.object({
      ability: z.string(),
      question: z.string(),
      evidence: z.array(z.number()),
      answer: z.string().nullish(),
      rubric: z.array(z.string()).default([]),
    }),
  ),
});
const fileSchema = z.array(chatSchema).min(1);
type Chat = z.infer<typeof chatSchema>;

export function isBeam(data: unknown): boolean {
  return Array.isArray(data) && typeof data[0] === "object" && data[0] !== null && "chat" in data[0];
}

/** Reads BEAM chats in the reshaped form `{ chat, sessions, questions }`. */
export function readBeam(data: unknown): Corpus {
  const chats = fileSchema.parse(data);
  let unresolved = 0;
  const conversations = chats.map((chat): CorpusConversation => {
    const turns = readTurns(chat);
    const known = new Set(turns.map((turn) => turn.id));
    const questions = chat.questions.map((entry, index) => {
      const cited = [...new Set(entry.evidence.map(String))];
      const evidence = cited.filter((id) => known.has(id));
      unresolved += cited.length - evidence.length;
      return {
        id: `${chat.chat}/q${index}`,
        category: entry.ability,
        question: entry.question,
        evidence,
        answer: entry.ability === "abstention" ? null : (entry.answer ?? null),
        rubric: entry.rubric,
        isHeadline: evidence.length > 0,
      };
    });
    return { id: chat.chat, turns, questions };
  });
  const questions = conversations.flatMap((conversation) => conversation.questions);
  return {
    format: "beam",
    conversations,
    notes: [
      `${conversations.length} chats, ${chats.flatMap((chat) => chat.sessions).length} sessions, ` +
        `${conversations.flatMap((conversation) => conversation.turns).length} messages`,
      `${questions.length} questions, ${questions.filter((question) => question.isHeadline).length} with evidence`,
      `evidence repairs: ${unresolved} unresolvable ids dropped`,
      "messages without a date take the last date known before them",
    ],
  };
}

function readTurns(chat: Chat): CorpusTurn[] {
  const turns: CorpusTurn[] = [];
  let day = 0;
  for (const session of chat.sessions) {
    day = readDate(session.date) ?? day;
    for (const [index, message] of session.messages.entries()) {
      day = readDate(message.date) ?? day;
      turns.push({
        id: String(message.id),
        session: `session_${session.session}`,
        role: message.role,
        text: message.content,
        timestamp: day + index,
      });
    }
  }
  return turns;
}

/** "March-15-2024" as Unix seconds at midnight UTC. */
function readDate(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined) return undefined;
  const match = /^(\p{L}+)-(\d{1,2})-(\d{4})$/u.exec(text);
  if (match === null) throw new Error(`Expected a date like "March-15-2024", got "${text}".`);
  const [, month = "", dayOfMonth = "", year = ""] = match;
  return Date.UTC(Number(year), monthIndex(month), Number(dayOfMonth)) / 1000;
}
