import { readDateHeading } from "./date-heading.ts";
import { quoteValue, roleOf, secondsOf } from "./read-values.ts";
import type { SkippedPart, Transcript, TranscriptConversation, TranscriptMessage } from "./transcript.ts";

export interface PlainTextOptions {
  /** Names the sessions: "friends.txt" gives "friends-1", "friends-2". Default: no run ids. */
  readonly fileName?: string;
}

interface Header {
  readonly speaker: string;
  readonly time: string | undefined;
  readonly rest: string;
}

interface OpenSession {
  readonly start: number | undefined;
  readonly title: string | undefined;
  readonly messages: OpenMessage[];
}

interface OpenMessage {
  readonly speaker: string;
  readonly timestamp: number | undefined;
  readonly lines: string[];
}

/**
 * Lines of `Name: text`, optionally `[2024-05-01 10:00] Name: text`. What follows without a name belongs to the message
 * above it. A blank line and then a line that is only a date opens a new session; its messages take that date, one
 * second apart, unless they carry times of their own.
 */
export function parsePlainText(text: string, { fileName }: PlainTextOptions = {}): Transcript {
  const lines = text.split(/\r?\n/u);
  const isHeader = headerTest(lines);
  const skipped: SkippedPart[] = [];
  const sessions: OpenSession[] = [];
  let session: OpenSession | undefined;
  let afterBlank = true;
  for (const [index, line] of lines.entries()) {
    const heading = afterBlank ? readDateHeading(line) : undefined;
    afterBlank = line.trim() === "";
    if (heading !== undefined) {
      session = { start: heading, title: line.trim(), messages: [] };
      sessions.push(session);
      continue;
    }
    const header = isHeader(line);
    if (header === undefined) {
      const current = session?.messages.at(-1);
      if (current !== undefined) current.lines.push(line);
      else if (line.trim() !== "")
        skipped.push({ line: index + 1, reason: `expects "Name: text", got ${quoteValue(line)}` });
      continue;
    }
    if (session === undefined) {
      session = { start: undefined, title: undefined, messages: [] };
      sessions.push(session);
    }
    const timestamp = header.time === undefined ? undefined : secondsOf(header.time);
    if (header.time !== undefined && timestamp === undefined) {
      skipped.push({
        line: index + 1,
        reason: `time expects a date like 2024-05-01 10:00, got ${quoteValue(header.time)}`,
      });
      // Its continuation lines must not join the message above.
      session.messages.push({ speaker: "", timestamp: undefined, lines: [] });
      continue;
    }
    session.messages.push({ speaker: header.speaker, timestamp, lines: [header.rest] });
  }
  return { format: "text", conversations: close(sessions, fileName), skipped };
}

const stampedLine = /^\[([^\]]{8,40})\]\s*([\p{L}\p{N}][^:\n]{0,39}?)\s*:(?!\/\/)\s?(.*)$/u;
const namedLine = /^(?:\*\*)?([\p{L}][\p{L}\p{M}\p{N}.'’ _-]{0,39}?)(?:\*\*)?\s*:(?:\*\*)?(?!\/\/)\s?(.*)$/u;
const digits = /\d{4}/u;

/** Words that open a line with a colon and are nobody's name. */
const labels = new Set(
  (
    "address answer attention date deadline edit email example fyi hint http https idea important ingredients location note notes " +
    "now option options phone plan please price ps problem question re reason recipe reminder result rule schedule short source step " +
    "steps subject summary time tip title todo total update url version warning what when where who why yes no"
  ).split(" "),
);

/**
 * Says which lines open a message. A message may hold lines like "Ingredients: flour", so where lines carry times only
 * those count, and a name that stands alone among repeated ones must look like a name.
 */
function headerTest(lines: readonly string[]): (line: string) => Header | undefined {
  const stamped = lines.filter((line) => readStamped(line) !== undefined).length;
  const counts = new Map<string, number>();
  for (const line of lines) {
    const name = namedLine.exec(line)?.[1];
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const named = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (stamped > 0 && stamped * 2 >= named) return readStamped;
  return (line) => {
    const fromStamp = readStamped(line);
    if (fromStamp !== undefined) return fromStamp;
    const match = namedLine.exec(line);
    const speaker = match?.[1];
    if (match === null || speaker === undefined) return undefined;
    const isSpeaker =
      roleOf(speaker) !== undefined ||
      (!labels.has(speaker.toLowerCase()) && ((counts.get(speaker) ?? 0) > 1 || looksLikeName(speaker)));
    return isSpeaker ? { speaker, time: undefined, rest: match[2] ?? "" } : undefined;
  };
}

function readStamped(line: string): Header | undefined {
  const match = stampedLine.exec(line);
  if (match === null || !digits.test(match[1] ?? "")) return undefined;
  return { speaker: match[2] ?? "", time: match[1], rest: match[3] ?? "" };
}

/** One to three words, none of them in lower case where the script has cases. */
function looksLikeName(speaker: string): boolean {
  const words = speaker.split(/\s+/u);
  return words.length <= 3 && words.every((word) => !/^\p{Ll}/u.test(word));
}

function close(sessions: readonly OpenSession[], fileName: string | undefined): TranscriptConversation[] {
  const stem = fileName?.replace(/^.*[\\/]/u, "").replace(/\.[^.]*$/u, "");
  const conversations: TranscriptConversation[] = [];
  for (const { start, title, messages: open } of sessions) {
    const messages = open.flatMap((message, index) =>
      closeMessage(message, start === undefined ? undefined : start + index),
    );
    if (messages.length === 0) continue;
    conversations.push({
      ...(stem === undefined || stem === "" ? {} : { runId: `${stem}-${conversations.length + 1}` }),
      ...(title === undefined ? {} : { title }),
      messages,
    });
  }
  return conversations;
}

function closeMessage({ speaker, timestamp, lines }: OpenMessage, fallback: number | undefined): TranscriptMessage[] {
  const content = lines.join("\n").trim();
  if (speaker === "" || content === "") return [];
  const role = roleOf(speaker);
  const seconds = timestamp ?? fallback;
  return [
    {
      role: role ?? "user",
      content,
      ...(role === undefined ? { name: speaker } : {}),
      ...(seconds === undefined ? {} : { timestamp: seconds }),
    },
  ];
}
