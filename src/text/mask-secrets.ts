import { findSecretNumbers } from "./secret-numbers.ts";
import { CARRIER_PATTERNS, DATA_ADDRESS, FORMAT_PATTERNS, FORMAT_PREFIX, TOKEN_RUN } from "./secret-patterns.ts";
import type { SecretPattern } from "./secret-patterns.ts";
import { findNamedSecrets } from "./secret-words.ts";
import type { SecretSpan } from "./secret-words.ts";

export interface MaskedText {
  readonly text: string;
  /** Where the masks stand in `text`, in order. */
  readonly masked: readonly SecretSpan[];
}

const MAYBE_NAMED =
  /p(?:ass|wd|w\b|in\b|in-?[cn])|[kc]ey|secret|token|c(?:red|lave|l[eé] |ontrase|have|ódigo)|kenn|wach|senha|palavra|parol|has[lł]o|hesl|şifre|l[oö]senord|adgang|salasana|jelszó|geheim|signature|schlüssel|[^\0-\u02ff]/i;
const MAYBE_NUMBER = /\d{3}|seed|mnemonic|phrase|backup|recovery/i;
const KEY_BLOCK = "-----BEGIN ";

/**
 * Replaces secrets by `[masked:<kind>]`: tokens of known vendors, private keys, credentials in addresses and
 * headers, cards, bank accounts, and the values that words such as "password" or "api key" name. Time is linear
 * in the length of the text. Masked text comes back as it is.
 */
export function maskSecrets(text: string): MaskedText {
  return replaceSpans(text, outsideImages(text, [...findKeyBlocks(text), ...findSecrets(text)]));
}

/** The places of secrets, but for private keys in blocks. */
export function findSecrets(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  if (text.search(TOKEN_RUN) >= 0) spans.push(...findTokens(text));
  for (const { kind, cue, pattern } of CARRIER_PATTERNS) {
    if (cue.test(text)) spans.push(...spansOf(text, kind, pattern).filter((span) => !isPort(text, span)));
  }
  if (MAYBE_NAMED.test(text)) spans.push(...findNamedSecrets(text));
  if (MAYBE_NUMBER.test(text)) spans.push(...findSecretNumbers(text));
  return spans;
}

function spansOf(text: string, kind: string, pattern: RegExp): SecretSpan[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const [start, end] = match.indices?.groups?.["secret"] ?? match.indices?.[0] ?? [0, 0];
    return { kind, start, end };
  });
}

/** `http://host:8080` followed by a path with an "@" later is no password. */
function isPort(text: string, span: SecretSpan): boolean {
  return (
    text.startsWith("://", span.start - 3) ||
    (span.kind === "url-password" && /^\d{1,5}[/?#]/.test(text.slice(span.start, span.end)))
  );
}

function findTokens(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const run of text.matchAll(TOKEN_RUN)) {
    if (!FORMAT_PREFIX.test(run[0])) continue;
    for (const format of FORMAT_PATTERNS) spans.push(...tokensOf(text, run[0], run.index, format));
  }
  return spans;
}

function tokensOf(text: string, run: string, offset: number, { kind, pattern }: SecretPattern): SecretSpan[] {
  const found = spansOf(run, kind, pattern).map((span) => ({
    kind,
    start: span.start + offset,
    end: span.end + offset,
  }));
  if (kind !== "aws-key-id") return found;
  // The secret half of an AWS pair has no form of its own; it stands beside the id.
  return found.flatMap((span) => {
    const beside = /^[^\n]{0,40}?(?:\n[^\n]{0,40}?)?(?<![\w+/=])(?<secret>[\w+/]{40})(?![\w+/=])/d.exec(
      text.slice(span.end, span.end + 140),
    );
    const at = beside?.indices?.groups?.["secret"];
    return at === undefined
      ? [span]
      : [span, { kind: "aws-secret-key", start: span.end + at[0], end: span.end + at[1] }];
  });
}

/** Private keys between their BEGIN and END lines; without an END, the lines that look like base64. */
export function findKeyBlocks(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  if (!text.includes(KEY_BLOCK)) return spans;
  const begin = /-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
  const end = /-----END [A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
  const body = /(?:[\s>|"'+,]|\\[nr])*(?:[A-Za-z\d+/=]{16,}(?:[\s>|"'+,]|\\[nr])*)*/y;
  let hasEnd = true;
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    end.lastIndex = begin.lastIndex;
    const closing: RegExpExecArray | null = hasEnd ? end.exec(text) : null;
    hasEnd = closing !== null;
    body.lastIndex = begin.lastIndex;
    body.test(text);
    const stop = closing === null ? Math.max(body.lastIndex, begin.lastIndex) : end.lastIndex;
    spans.push({ kind: "private-key", start: match.index, end: stop });
    begin.lastIndex = stop;
  }
  return spans;
}

/** Without chance finds in base64 images. */
export function outsideImages(text: string, spans: readonly SecretSpan[]): SecretSpan[] {
  if (spans.length === 0 || !text.includes(";base64,")) return [...spans];
  const images = Array.from(
    text.matchAll(DATA_ADDRESS),
    (match) => [match.index, match.index + match[0].length] as const,
  );
  let image = 0;
  return spans
    .toSorted((left, right) => left.start - right.start)
    .filter((span) => {
      while (image < images.length && (images[image]?.[1] ?? 0) <= span.start) image += 1;
      return span.start < (images[image]?.[0] ?? Infinity);
    });
}

/** Overlapping finds become one mask with the kind of the one that begins first, or of the longer one. */
export function replaceSpans(text: string, spans: readonly SecretSpan[]): MaskedText {
  if (spans.length === 0) return { text, masked: [] };
  const ordered = spans.toSorted((left, right) => left.start - right.start || right.end - left.end);
  const pieces: string[] = [];
  const masked: SecretSpan[] = [];
  let copied = 0;
  let length = 0;
  for (let index = 0; index < ordered.length;) {
    const first = ordered[index];
    if (first === undefined) break;
    let end = first.end;
    for (index += 1; index < ordered.length && (ordered[index]?.start ?? Infinity) < end; index += 1) {
      end = Math.max(end, ordered[index]?.end ?? end);
    }
    const mask = `[masked:${first.kind}]`;
    const kept = text.slice(copied, first.start);
    pieces.push(kept, mask);
    const start = length + kept.length;
    masked.push({ kind: first.kind, start, end: start + mask.length });
    length = start + mask.length;
    copied = end;
  }
  pieces.push(text.slice(copied));
  return { text: pieces.join(""), masked };
}
