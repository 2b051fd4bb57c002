import type { ExtractionMessage } from "../domain/extracted-fact.ts";
import type { MemoryRecord, Source, Span } from "../domain/memory.ts";
import { detectLanguage } from "../text/detect-language.ts";
import { withoutSpans } from "../text/recalled-spans.ts";

/** A stretch of a stored message that is read for facts by itself. */
export interface EvidencePart {
  readonly record: MemoryRecord;
  /** Where it begins in the message's text. */
  readonly start: number;
  /** True for what an attachment says. */
  readonly isUntrusted: boolean;
  readonly message: ExtractionMessage;
}

/**
 * What somebody said and what the attachments say, each as a message of its own: a settings file, another language or an
 * attack in a document must not change how the words beside it are read.
 */
export function splitEvidence(record: MemoryRecord, untrusted: readonly Span[]): EvidencePart[] {
  if (untrusted.length === 0)
    return [{ record, start: 0, isUntrusted: false, message: toMessage(record, record.text) }];
  const said = withoutSpans([{ start: 0, end: record.text.length }], untrusted);
  return [
    ...said.map((span) => ({ ...span, isUntrusted: false })),
    ...untrusted.map((span) => ({ ...span, isUntrusted: true })),
  ]
    .toSorted((left, right) => left.start - right.start)
    .flatMap(({ start, end, isUntrusted }) => {
      const text = record.text.slice(start, end);
      if (text.trim() === "") return [];
      const { language: _, ...rest } = record;
      const language = detectLanguage(text);
      const message = toMessage({ ...rest, ...(language === undefined ? {} : { language }) }, text);
      return [
        { record, start, isUntrusted, message: { ...message, id: start === 0 ? record.id : `${record.id}+${start}` } },
      ];
    });
}

function toMessage({ id, role, name, saidAt, language }: MemoryRecord, text: string): ExtractionMessage {
  return {
    id,
    role: role ?? "user",
    ...(name === undefined ? {} : { name }),
    text,
    saidAt,
    ...(language === undefined ? {} : { language }),
  };
}

/** Sources in parts as sources in the stored messages, in the order in which they were named. */
export function joinSources(sources: readonly Source[], parts: ReadonlyMap<string, EvidencePart>): Source[] {
  const spans = new Map<string, Span[]>();
  for (const { messageId, spans: own } of sources) {
    const part = parts.get(messageId);
    const id = part?.record.id ?? messageId;
    const from = part?.start ?? 0;
    const known = spans.get(id) ?? [];
    for (const { start, end } of own) known.push({ start: start + from, end: end + from });
    spans.set(id, known);
  }
  return [...spans].map(([messageId, all]) => ({
    messageId,
    spans: all.toSorted((left, right) => left.start - right.start),
  }));
}
