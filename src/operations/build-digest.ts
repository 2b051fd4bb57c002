import type { DigestLine, DigestRequest, DigestSession, SessionDigest } from "../domain/digest.ts";
import { allOf, condition } from "../domain/filter.ts";
import type { Filter } from "../domain/filter.ts";
import { DERIVED_KINDS } from "../domain/memory.ts";
import { readDigestSentences } from "../extraction/digest/digest-sentences.ts";
import type { DigestMessage } from "../extraction/digest/digest-sentences.ts";
import type { MemoryListQuery, StoredMemory } from "../ports/memory-store.ts";
import { packDigest } from "../retrieval/pack-digest.ts";
import { fenceRecall } from "../text/recall-fence.ts";
import { countTokens } from "../text/token-count.ts";
import { pause } from "./build-passages.ts";
import type { Engine } from "./engine.ts";
import { withEvidenceInScope } from "./evidence-in-scope.ts";
import { groupSessions } from "./group-sessions.ts";
import { withoutHiddenWords } from "./visible-text.ts";
import { utcDay } from "./visibility.ts";

/** Messages that a digest looks at, newest first: some days of hard work. */
const MOST_MESSAGES = 2_000;
const MOST_FACTS = 200;
const PAGE = 200;
/** Longest line, in characters. */
const MOST_CHARACTERS = 400;
const BEGINS_CHARACTERS = 200;

/**
 * What was asked, done, decided, left open and learned in sessions, in the words in which it was said, each line with
 * the memories that say so. No language model is asked: the same sessions give the same digest.
 */
export async function buildDigest(engine: Engine, request: DigestRequest): Promise<SessionDigest> {
  const warnings = [...request.warnings];
  const read = await readNewest(engine, request, { kinds: ["message"], limit: MOST_MESSAGES + 1 });
  if (read.length > MOST_MESSAGES)
    warnings.push(`Only the newest ${MOST_MESSAGES} messages were looked at; name a later "since" for all of a time.`);
  const messages = (await withoutHiddenWords(engine, read.slice(0, MOST_MESSAGES))).filter(
    ({ record }) => record.kind === "message",
  );
  const sessions = groupSessions(messages).slice(0, request.sessions ?? undefined);
  if (sessions.length === 0) return { text: "", lines: [], sessions: [], tokens: 0, isComplete: true, warnings };
  const lines: DigestLine[] = [];
  for (const session of sessions.toReversed()) {
    lines.push(...linesOf(session));
    await pause();
  }
  lines.push(...(await learnedIn(engine, request, sessions)));
  const ordered = lines.toSorted((left, right) => Date.parse(left.saidAt) - Date.parse(right.saidAt));
  const packed = packDigest(ordered, request.tokenBudget - countTokens(fenceRecall("")));
  const text = packed.text === "" ? "" : fenceRecall(packed.text);
  if (text !== "") engine.guard.remember(text);
  return {
    text,
    lines: packed.lines,
    sessions: sessions.map(describeSession),
    tokens: text === "" ? 0 : countTokens(text),
    isComplete: packed.isComplete && read.length <= MOST_MESSAGES,
    warnings,
  };
}

async function readNewest(
  engine: Engine,
  { scope, since, until }: DigestRequest,
  { kinds, limit }: { kinds: NonNullable<MemoryListQuery["kinds"]>; limit: number },
): Promise<StoredMemory[]> {
  const saidAt = { kind: "column", name: "saidAt" } as const;
  const filters: Filter[] = [
    scope.filter,
    ...(since === null ? [] : [condition(saidAt, { operator: "gte", value: since })]),
    ...(until === null ? [] : [condition(saidAt, { operator: "lt", value: until })]),
  ];
  const found: StoredMemory[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof engine.store.listMemories>> = await engine.store.listMemories({
      userIds: scope.userIds,
      filter: allOf(filters),
      kinds,
      states: ["active"],
      isVerified: true,
      today: utcDay(engine.clock()),
      order: "said-descending",
      limit: Math.min(PAGE, limit - found.length),
      ...(cursor === null ? {} : { cursor }),
    });
    found.push(...page.memories.map((memory) => withEvidenceInScope(memory, scope.filter)));
    cursor = page.next;
    await pause();
  } while (cursor !== null && found.length < limit);
  return found;
}

function linesOf(session: readonly StoredMemory[]): DigestLine[] {
  const messages = session.map(toDigestMessage);
  const first = messages.find(({ role, text }) => role === "user" && text.trim() !== "");
  const sentences = readDigestSentences(messages).map(({ section, text, message }) => lineOf(section, text, message));
  return [...(first === undefined ? [] : [lineOf("asked", first.text, first)]), ...sentences];
}

function lineOf(section: DigestLine["section"], text: string, message: DigestMessage): DigestLine {
  return {
    section,
    text: cut(text, section === "asked" ? BEGINS_CHARACTERS : MOST_CHARACTERS),
    memoryIds: [message.id],
    saidAt: new Date(message.saidAt).toISOString(),
    ...(message.name === null ? {} : { name: message.name }),
    ...(message.role === null ? {} : { role: message.role }),
  };
}

/** The facts that rest on messages of these sessions and still hold. */
async function learnedIn(
  engine: Engine,
  request: DigestRequest,
  sessions: readonly (readonly StoredMemory[])[],
): Promise<DigestLine[]> {
  const ids = new Set(sessions.flat().map(({ record }) => record.id));
  const oldest = Math.min(...sessions.flat().map(({ record }) => record.saidAt));
  const since = Math.max(request.since ?? oldest, oldest);
  const facts = await readNewest(engine, { ...request, since }, { kinds: DERIVED_KINDS, limit: MOST_FACTS });
  return facts
    .filter(({ record, isTurn }) => isTurn || record.sources.some(({ messageId }) => ids.has(messageId)))
    .map(({ record }) => ({
      section: "learned",
      text: cut(record.text, MOST_CHARACTERS),
      memoryIds: [record.id, ...record.sources.map(({ messageId }) => messageId).filter((id) => ids.has(id))],
      saidAt: new Date(record.saidAt).toISOString(),
      ...(record.name === undefined ? {} : { name: record.name }),
    }));
}

function describeSession(session: readonly StoredMemory[]): DigestSession {
  const [first] = session as readonly [StoredMemory];
  const last = session.at(-1) ?? first;
  const { runId } = first.record.scope;
  return {
    ...(runId === undefined ? {} : { run_id: runId }),
    from: new Date(first.record.saidAt).toISOString(),
    to: new Date(last.record.saidAt).toISOString(),
    messages: session.length,
    begins: cut(first.record.text, BEGINS_CHARACTERS),
    beginsWith: first.record.id,
  };
}

function toDigestMessage({ record }: StoredMemory): DigestMessage {
  return {
    id: record.id,
    text: saidIn(record.text),
    role: record.role ?? null,
    name: record.name ?? null,
    saidAt: record.saidAt,
    ...(record.language === undefined ? {} : { language: record.language }),
  };
}

/** What attachments say stands behind what was said, and nobody said it. */
function saidIn(text: string): string {
  const at = /(?:^|\n\n)\[(?:document|image)\b/u.exec(text)?.index;
  return at === undefined ? text : text.slice(0, at);
}

function cut(text: string, most: number): string {
  const line = text.replaceAll(/\s+/gu, " ").trim();
  return line.length > most ? `${line.slice(0, most).toWellFormed()}…` : line;
}
