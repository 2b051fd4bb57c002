/** How a value follows the word that names it: `key = value`, "my key is value", or the value directly after. */
export type ValueForm = "assignment" | "sentence" | "bare";

export interface ValueContext {
  readonly form: ValueForm;
  readonly isQuoted: boolean;
  /** True when the clause ends after the value, so that a plain word can be the whole answer. */
  readonly endsClause: boolean;
}

// What people and programs write after "password is" or "password:" when no password follows.
const ORDINARY_WORDS = new Set(
  (
    "string number boolean bool object text char varchar bytes buffer unknown void true false null none undefined optional nullable " +
    "required needed missing empty blank invalid valid wrong incorrect correct expired expiring weak strong short long secure insecure safe unsafe " +
    "good bad great fine okay easy hard simple complex unique different same new old changed updated reset stored saved hashed encrypted salted " +
    "hidden visible shown secret private public confidential protected shared lost forgotten forgot stolen leaked compromised known unknown " +
    "broken working disabled enabled locked active inactive important sensitive case-sensitive mandatory useless outdated pending unchanged " +
    "value input field login user username email name data args params props state config options settings default example placeholder " +
    "here there below above following attached included written this that it something anything nothing everything someone somewhere " +
    "your mine yours ours theirs not never always still already also only just probably being been very really quite pretty " +
    "auth authentication access authorization redacted masked removed censored omitted todo later soon today tomorrow yesterday " +
    "manager managers policy policies protection recovery reminder generator rules hint please thanks somehow correctly again first second one two three " +
    "falsch richtig korrekt abgelaufen schwach stark sicher unsicher vergessen erforderlich nötig geheim lang kurz gespeichert geändert gleich leer " +
    "incorrecta correcta segura débil fuerte larga corta secreta olvidada necesaria obligatoria caducada nueva vieja " +
    "faux correct oublié expiré obligatoire requis faible fort secret long court nouveau sécurisé " +
    "sbagliata corretta sicura debole scaduta obbligatoria segreta errada fraca forte obrigatória expirada verplicht onjuist verlopen vergeten zwak sterk " +
    "неверный правильный слабый сложный простой забыт старый новый обязателен истёк надёжный yanlış doğru zayıf güçlü"
  ).split(" "),
);

// Names with digits that stand beside "password" in ordinary talk about security.
const TECHNICAL_NAMES =
  /^(?:[€$£¥]\d\S*|1password|[235]fa|mfa\d*|argon2\w*|bcrypt\w*|scrypt\w*|pbkdf2\S*|sha-?\d+\S*|md[45]|base(?:32|58|64)\w*|oauth2?\S*|oauth2?|web[23]|http2?|https?|utf-?\d+|rfc\d+|aes-?\d+\S*|rsa-?\d+|[ck]8s|ipv[46]|v?\d+(?:\.\d+)+|(?:\d+|two|three)[- ]?(?:char|digit|letter|day|bit|zeichen|stellig|month|year|hour|min|word|time|step|factor|attempt|car)\S*|\d+(?:st|nd|rd|th)|step\d+|(?:19|20)\d\d-\d\d-\d\d\S*|\d+(?:%|px|x|ms|s|m|h|kb|mb|gb|€|\$))$/iu;

const PLACEHOLDER =
  /^(?:\[masked:|<[^<>]*>?$|\$\{?\w|\$\(|\{\{|%\w+%|@\w+@|\{\w*\}?|process\.env|import\.meta|os\.(?:environ|getenv)|env[.[(]|env$|ENV\[|(?:your|my|the|some|insert|enter|add|put|replace|example|dummy|fake|placeholder)[-_ ](?:\w+[-_ ])*(?:here|password|passwd|key|token|secret|value)|[*•●xX#.…_?-]+$|\(|\[|https?:\/\/[^@]*$|\.{1,2}\/|\/[a-z]+\/|~\/|[\w$.]+\(|new |await )/i;

const CODE_REFERENCE = /^[A-Za-z_$][A-Za-z_$]*(?:\??\.[A-Za-z_$][A-Za-z_$]*)+$/;
const NAMES_A_SECRET = /pass|pwd|secret|token|key|cred|input|value|param/i;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

export function isPlaceholder(value: string): boolean {
  return value.includes("[masked:") || PLACEHOLDER.test(value);
}

/** True for what may be a password, given where it stands. Errs towards masking when a digit or symbol is inside. */
export function isPasswordValue(value: string, context: ValueContext): boolean {
  if (value.length < 3 || isPlaceholder(value) || TECHNICAL_NAMES.test(value)) return false;
  const lower = value.toLowerCase();
  if (ORDINARY_WORDS.has(lower)) return false;
  if (context.isQuoted) return isQuotedPassword(value);
  if (CODE_REFERENCE.test(value)) return false;
  const hasDigit = /\d/.test(value);
  const hasLetter = /\p{L}/u.test(value);
  if (context.form === "bare")
    return hasDigit && hasLetter && value.length >= 6 && !/^[\w]*[:/]|^\p{Lu}?\p{Ll}+-\d+$/u.test(value);
  if (hasDigit && value.length >= 4) return true;
  if (!hasLetter) return value.length >= 4 && !/^[\p{P}\p{S}]+$/u.test(value);
  const hasSymbol = /[^\p{L}\p{M}\p{N}'’/.…:–—-]/u.test(value) || /\p{L}[:.]\p{L}/u.test(value);
  if (hasSymbol && value.length >= 5) return context.form === "sentence" || !NAMES_A_SECRET.test(value);
  if (/[/…]/u.test(value)) return false;
  if (/\p{Ll}\p{Lu}/u.test(value)) return value.length >= 6 && !NAMES_A_SECRET.test(value);
  // A plain word: only when nothing follows it in the clause, else it begins an ordinary sentence.
  return (
    context.endsClause &&
    value.length >= 4 &&
    value.length <= 40 &&
    !NAMES_A_SECRET.test(value) &&
    !(context.form === "sentence" && isPredicate(lower))
  );
}

/** Participles and adjectives say something about the password; they are not it. */
function isPredicate(lower: string): boolean {
  return (
    /(?:ed|ing|able|ible|ful|less|ly|ous|ive|ary|ical|iert|bar|lich|able|ado|ada|ido|ida|ato|ata|uto|é|ée)$/u.test(
      lower,
    ) || lower.includes("'")
  );
}

function isQuotedPassword(value: string): boolean {
  if (!/\s/.test(value))
    return !(CODE_REFERENCE.test(value) || /^(?:password|passwort|passwd|pwd|pass|token|secret|key)$/i.test(value));
  // A quoted sentence about passwords is a label or an error message.
  return (
    !/\b(?:password|passwort|must|should|enter|please|required|your|the|is|and|are|for|with)\b/i.test(value) &&
    value.length <= 200
  );
}

/** A passphrase of several plain words up to the end of the clause. */
export function isPassphrase(words: string): boolean {
  const parts = words.trim().split(/[\s-]+/u);
  return (
    parts.length >= 3 &&
    parts.length <= 12 &&
    parts.every((part) => /^\p{Ll}{3,}\d*$/u.test(part)) &&
    parts.filter((part) => ORDINARY_WORDS.has(part)).length * 2 < parts.length &&
    !/\b(?:the|and|too|for|with|you|are|was|has|but|from|than|when|because|must|should|can|will|used|stored)\b/.test(
      words,
    )
  );
}

/** True for what may be an API key after words that name one ("api key", "client secret"). */
export function isKeyValue(value: string, { isQuoted }: { isQuoted: boolean }): boolean {
  if (value.length < 8 || isPlaceholder(value) || TECHNICAL_NAMES.test(value) || CODE_REFERENCE.test(value))
    return false;
  if (/\s/.test(value) || /^\d+$/.test(value)) return false;
  if (/\d/.test(value) && /[A-Za-z]/.test(value))
    return UUID.test(value) || hasMixedSegment(value, 6) || /[^\w.:/-]/.test(value);
  return (isQuoted || /^[A-Za-z]+$/.test(value)) && value.length >= 16 && isIrregular(value);
}

/** True for a random-looking token: what "token", "secret" or "key" alone must be followed by. UUIDs are left. */
export function isRandomToken(value: string): boolean {
  if (value.length < 16 || /\s/.test(value) || isPlaceholder(value) || UUID.test(value)) return false;
  if (/^\d+$/.test(value) || /^[a-z]+:\/\//i.test(value) || /\.\w{1,5}$/.test(value)) return false;
  return /\d/.test(value) && /[A-Za-z]/.test(value)
    ? hasMixedSegment(value, 10)
    : isIrregular(value) && value.length >= 24;
}

/** A stretch without separators that mixes letters and digits more than once, as words with a number do not. */
function hasMixedSegment(value: string, minimum: number): boolean {
  return value.split(/[^A-Za-z\d]/).some((segment) => {
    if (segment.length < minimum) return false;
    const changes = segment.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
    return (
      changes >= 2 || (changes >= 1 && isIrregular(segment)) || (changes >= 1 && minimum <= 6 && segment.length >= 8)
    );
  });
}

/** Upper and lower case alternate as in random base64, not as in camelCase. */
function isIrregular(value: string): boolean {
  const changes = value.match(/[a-z](?=[A-Z])|[A-Z](?=[A-Z][a-z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return changes >= 5 && changes * 3.2 >= value.length;
}
