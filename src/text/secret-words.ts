import { isKeyValue, isPassphrase, isPasswordValue, isPlaceholder, isRandomToken } from "./secret-values.ts";
import type { ValueForm } from "./secret-values.ts";

/** A stretch of the text to mask. */
export interface SecretSpan {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

type Naming = "password" | "passphrase" | "pin" | "key" | "token";

// Words that announce a secret. Matched anywhere, also inside identifiers (DB_PASSWORD, apiKey).
const PASSWORDS =
  "pass(?:word|wort|wd|code)|wachtwoord|kennwort|contrase(?:ñ|n)a|mot de passe|senha|palavra-passe|parola d['’]ordine|has(?:ł|l)o|парол(?:ь|я|ем)|heslo|şifre(?:m|si|miz)?|parola(?:m|sı)?|l(?:ö|o)senord|adgangskode|passord|salasana|jelszó|密码|密碼|口令|パスワード|비밀번호|كلمة المرور|كلمة السر|पासवर्ड|mật khẩu|kata sandi|κωδικός|סיסמה|clave|pwd|pass|pw";
const PASSPHRASES = "pass[ -]?phrase|passwort-?satz|frase de contraseña|phrase secrète";
const PINS = "pin[ -]?(?:code|number|nummer)|pin|geheimzahl|пин-?код|暗証番号|código pin|code pin";
const KEYS =
  "api[ _-]?(?:keys?|tokens?|secrets?|schlüssel)|(?:access|auth|signing|encryption|account|licen[cs]e|deploy|service|webhook|storage|master|private|shared[ _]?access)[ _-]?keys?(?:[ _-]?id)?|secret[ _-]?(?:access[ _-]?)?keys?|(?:client|app|consumer|webhook|signing|shared|jwt)[ _-]?secrets?|(?:access|auth|refresh|bearer|bot|id|personal access|deploy)[ _-]?tokens?|cl(?:ave|é) (?:de )?api|chave de api|ключ api|api ?密钥|api ?キー|密钥|api ?키|credentials?|creds";
const TOKENS = "tokens?|secrets?|keys?|signature";

const WORD = new RegExp(
  `(?<passphrase>${PASSPHRASES})|(?<key>${KEYS})|(?<password>${PASSWORDS})|(?<pin>${PINS})|(?<token>${TOKENS})`,
  "gi",
);

// "for the guest network", "de Netflix": what the secret is for, between the word and its value.
const PURPOSE =
  "(?:,? (?:for|to|of|on|at|in|i|we|that|from|für|zum|zur|von|vom|pour|de|du|des|para|del|da|do|per|di|voor|van|для|от|к|till|til|do|na)[ ][^\\n.:=!?;]{1,48}?)?";
const COPULA =
  "(?:is|was|are|were|will be|should be|equals|ist|war|lautet|es|era|son|est|était|é|è|jest|brzmi|это|har|är|er|var|on|este|είναι|هي|هو|है|là|adalah|olarak|(?:(?:has|have) been |was |is )?(?:now )?(?:changed|set|reset|updated) (?:to|as)|to|as)";
const STILL =
  "(?:[ ](?:still|now|just|simply|currently|probably|always|actually|jetzt|noch|immer|ahora|toujours|maintenant|agora|ora|teď|теперь|literally|le|la|el|der|die))?";
// "password manager", "key idea": the sentence is about something else.
const COMPOUNDS =
  "manager|polic|field|hint|reset|length|prompt|form|box|page|strength|generator|rule|protection|checker|dialog|screen|input|vault|app|requirement|recovery|change|format|type|file|button|budget|count|limit|usage|idea|point|question|insight|ingredient|takeaway|finding|reason|factor|player|person|feature";
const ASSIGNMENT = /[\w-]{0,24}[\\"'`\])*_]{0,4}[ \t]{0,4}(?:=>|:=|={1,3}|:|:|→|->)[ \t]{0,4}(?:\*\*)?[ \t]?/y;
const ARGUMENT = /[ ]["']?/y;
const SENTENCE = new RegExp(
  `${PURPOSE}(?:[ ](?!${COMPOUNDS})\\p{L}{2,14})?(?:[ \\t]{1,2}${COPULA}|['’]s)${STILL}[ \\t]{0,2}:?[ \\t\\n]{1,3}`,
  "iuy",
);
const WEAK_LINK = /\b(?:to|as)[ \t\n]+$/;
const DASH = new RegExp(`${PURPOSE}[ ]?(?:[—–]|-|:|=)[ ]{1,2}`, "iuy");
const ASIAN = /[ ]?(?:是|为|為|は|が|은|는|이|:)[:: ]{0,2}/y;
const AGAIN = /[ ](?:to|and|or|und|oder|nach|auf|then)[ ]/y;
const FROM = /[ ](?:from|von|de|away from)[ ]/y;
const BEFORE =
  /(?:^|[\s"'`(])(?<value>[^\s"'`()]{4,64})["'`]?[ ](?:is|was|as|ist|war|als|es|como|est|comme|é|è|jest|это)[ ](?:my|our|the|your|mein|meine|das|der|unser|mi|la|mon|le|ma|minha|a|il|moje|мой)[ ](?:[\p{L}-]{2,14}[ ]){0,2}$/u;
const BEFORE_CUE =
  /[ ](?:my|our|the|your|meine?|das|der|unser|mi|la|mon|le|ma|minha|a|il|moje|мой|new|old|wifi|wi-fi|[A-Z]\w+)[ ]$/;
const ADJACENT_LETTER = /[\p{L}\p{N}]/u;
const CLOSERS: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": "”",
  "„": "“",
  "«": "»",
  "「": "」",
  "‘": "’",
};
// A value longer than this is judged by its beginning, and masked whole when it is one.
const JUDGED_LENGTH = 256;
// Ordinary words in Spanish, Italian and Romanian too ("key", "word"): only a mixed value counts behind them.
const AMBIGUOUS = /^(?:clave|parola|parola d['’]ordine)$/i;

/** Finds values that a word names: "my password is …", "passwort: …", `DB_PASSWORD=…`, `"apiKey": "…"`. */
export function findNamedSecrets(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match !== null; match = WORD.exec(text)) {
    const wordEnd = match.index + match[0].length;
    const naming = namingOf(match.groups);
    if (isPartOfAnotherWord(text, match.index, match[0], naming)) continue;
    const before = naming === "password" || naming === "pin" ? findBefore(text, match.index, naming) : undefined;
    if (before !== undefined) spans.push(before);
    let span = findAfter(text, wordEnd, naming, match[0]);
    while (span !== undefined) {
      spans.push(span);
      WORD.lastIndex = Math.max(WORD.lastIndex, span.end);
      span = readSecret(text, stickyEnd(AGAIN, text, span.end), { form: "bare", naming });
    }
  }
  return spans;
}

function namingOf(groups: Readonly<Record<string, string | undefined>> | undefined): Naming {
  const names: readonly Naming[] = ["passphrase", "key", "password", "pin"];
  return names.find((name) => groups?.[name] !== undefined) ?? "token";
}

/** "monkey", "spin", "compass", "keyboard": the short words must begin at a boundary or a capital. */
function isPartOfAnotherWord(text: string, start: number, word: string, naming: Naming): boolean {
  const before = text[start - 1];
  const first = word.charAt(0);
  const beginsCapital = first !== first.toLowerCase() && before !== undefined && before === before.toLowerCase();
  const isShort = naming === "token" || naming === "pin" || word.length <= 5;
  if (before !== undefined && isShort && ADJACENT_LETTER.test(before) && !beginsCapital && isCased(first)) return true;
  const preceding = text.slice(Math.max(0, start - 24), start);
  if (/\[masked:[\w-]*$/.test(preceding)) return true;
  return (naming === "token" || naming === "key") && /public[ _-]?$/i.test(preceding);
}

function isCased(character: string): boolean {
  return character.toLowerCase() !== character.toUpperCase();
}

function findBefore(text: string, start: number, naming: Naming): SecretSpan | undefined {
  const head = text.slice(Math.max(0, start - 110), start);
  if (!BEFORE_CUE.test(head.slice(-20))) return undefined;
  const match = BEFORE.exec(head);
  const value = match?.groups?.["value"];
  if (match === null || value === undefined) return undefined;
  const context = { form: "bare", isQuoted: false, endsClause: false } as const;
  if (naming === "pin" ? !/^\d{4,8}$/.test(value) : !isPasswordValue(value, context)) return undefined;
  const end = start - head.length + match.index + match[0].indexOf(value);
  return { kind: naming, start: end, end: end + value.length };
}

function findAfter(text: string, wordEnd: number, naming: Naming, word: string): SecretSpan | undefined {
  const first = text.charCodeAt(wordEnd);
  const common = { naming, isAmbiguous: AMBIGUOUS.test(word) };
  if (first > 0x2e7f || isAsian(word)) {
    const span = readSecret(text, stickyEnd(ASIAN, text, wordEnd), { ...common, form: "sentence" });
    if (span !== undefined) return span;
  }
  const assigned = readSecret(text, stickyEnd(ASSIGNMENT, text, wordEnd), { ...common, form: "assignment" });
  if (assigned !== undefined) return assigned;
  const next = text[wordEnd];
  if (next !== undefined && !" \ts,'’".includes(next)) return undefined;
  const sentenceStart = next === "s" ? wordEnd + 1 : wordEnd;
  return (
    readSecret(text, stickyEnd(FROM, text, sentenceStart), { ...common, form: "bare" }) ??
    readSecret(text, stickyEnd(SENTENCE, text, sentenceStart), { ...common, form: "sentence", weak: WEAK_LINK }) ??
    readSecret(text, stickyEnd(DASH, text, sentenceStart), { ...common, form: "assignment" }) ??
    readSecret(text, stickyEnd(ARGUMENT, text, sentenceStart), { ...common, form: "bare" })
  );
}

function isAsian(word: string): boolean {
  return word.charCodeAt(word.length - 1) > 0x2e7f;
}

/** Where the sticky expression ends when it matches at `position`, else -1. */
function stickyEnd(expression: RegExp, text: string, position: number): number {
  expression.lastIndex = position;
  return expression.test(text) ? expression.lastIndex : -1;
}

interface Reading {
  readonly form: ValueForm;
  readonly naming: Naming;
  readonly isAmbiguous?: boolean;
  readonly weak?: RegExp;
}

function readSecret(text: string, position: number, reading: Reading): SecretSpan | undefined {
  const { form, naming, isAmbiguous = false, weak } = reading;
  if (position < 0 || position >= text.length) return undefined;
  const raw = readValue(text, position);
  if (raw === undefined || isPlaceholder(text.slice(raw.start, raw.end))) return undefined;
  const value = text.slice(raw.start, raw.end);
  // "changed it to X" is a password only when X looks like one: "the password to unlock" is not.
  const isWeak = weak !== undefined && weak.test(text.slice(Math.max(0, position - 6), position));
  const kind = judge({ text, value, raw, form: isWeak ? "bare" : form, naming, isAmbiguous });
  if (kind === undefined) return undefined;
  if (kind === "passphrase")
    return { kind, start: raw.start, end: raw.isQuoted ? raw.end : clauseEnd(text, raw.start) };
  return { kind, start: raw.start, end: raw.isCut ? endOfRun(text, raw.end) : raw.end };
}

interface RawValue {
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
  readonly isCut: boolean;
}

interface Judgement {
  readonly text: string;
  readonly value: string;
  readonly raw: RawValue;
  readonly form: ValueForm;
  readonly naming: Naming;
  readonly isAmbiguous: boolean;
}

function judge({ text, value, raw, form, naming, isAmbiguous }: Judgement): string | undefined {
  const context = { form, isQuoted: raw.isQuoted, endsClause: isClauseEnd(text, raw.end) };
  if (naming === "pin")
    return /^\d{4,8}$/.test(value) && !/^(?:19|20)\d\d$/.test(form === "bare" ? value : "") ? "pin" : undefined;
  if (naming === "key") return isKeyValue(value, context) || isPair(value, form) ? "api-key" : undefined;
  if (naming === "token") return isRandomToken(value) ? "token" : undefined;
  if (naming === "passphrase" || form === "sentence" || form === "assignment") {
    const clause = raw.isQuoted ? value : text.slice(raw.start, clauseEnd(text, raw.start));
    if (naming === "passphrase" && (isPassphrase(clause) || (raw.isQuoted && value.length >= 6))) return "passphrase";
  }
  return isPasswordValue(value, isAmbiguous ? { ...context, form: "bare" } : context) ? "password" : undefined;
}

/** "credentials: alice:hunter2" */
function isPair(value: string, form: ValueForm): boolean {
  return (
    form !== "bare" &&
    /^[\w.@-]{2,40}[:/](?!\/)[^\s:/]{4,64}$/.test(value) &&
    /\d/.test(value) &&
    !/^\d+[:/]/.test(value)
  );
}

function clauseEnd(text: string, start: number): number {
  const end = text.slice(start, start + 160).search(/[.,;:!?\n"'`)]|$| [—–-] /u);
  return start + (end < 0 ? 160 : end);
}

function isClauseEnd(text: string, end: number): boolean {
  return /^(?:["'`”»」*_]{0,2}(?:[.,;!?)\]}、。!?]|\s*$|[ \t]*\r?\n)|[ ](?:and|but|und|aber|y|et|e|и|[—–-])[ ]|[ ]?(?:です|だ|입니다|예요|이에요|이야))/u.test(
    text.slice(end, end + 12),
  );
}

const VALUE_RUN = /[!-~]{1,256}|[^\s"'`<>「」“”«»,。、]{1,256}/y;

/** The quoted string or the run of characters at `position`, without the punctuation that closes the clause. */
function readValue(text: string, position: number): RawValue | undefined {
  const at = text[position] === "\\" ? position + 1 : position;
  const closer = CLOSERS[text.charAt(at)];
  if (closer !== undefined) {
    const end = findCloser(text, at + 1, closer);
    if (end > at + 1)
      return { start: at + 1, end: text[end - 1] === "\\" ? end - 1 : end, isQuoted: true, isCut: false };
  }
  const start = closer === undefined ? position : at + 1;
  const runEnd = stickyEnd(VALUE_RUN, text, start);
  if (runEnd < 0) return undefined;
  const run = text.slice(start, runEnd);
  const cut = run.search(/;(?=[\w ]{1,30}=|$)|["'`](?=[,;)\]}\s]|$)|\\n|[)},.;:\]>*\\"'`]+$/);
  const end = cut < 0 ? runEnd : start + cut;
  if (end === start) return undefined;
  return { start, end, isQuoted: false, isCut: cut < 0 && runEnd - start >= JUDGED_LENGTH };
}

function findCloser(text: string, from: number, closer: string): number {
  const limit = Math.min(text.length, from + JUDGED_LENGTH);
  for (let index = from; index < limit; index += 1) {
    const character = text[index];
    if (character === "\n") return -1;
    if (character === closer) return index;
    // An escaped quote inside; but where the whole snippet is escaped, \" is the closer itself.
    if (character === "\\" && text[index + 1] === closer && text[from - 2] !== "\\") index += 1;
  }
  return -1;
}

function endOfRun(text: string, from: number): number {
  const end = stickyEnd(/\S*/y, text, from);
  return Math.max(from, end);
}
