import type { SecretSpan } from "./secret-words.ts";

const CARD = /(?<![\d.,+/=#-])\d(?:[ -]?\d){13,18}(?![\d/]|[.,]\d|-\d)/g;
const CARD_GROUPS = /^(?:\d{14,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5})$/;
const CARD_BRAND =
  /^(?:4\d{15}(?:\d{3})?|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17})$/;
const NOT_A_CARD =
  /(?:order|bestell\w*|pedido|commande|tracking|shipment|parcel|invoice|rechnung\w*|isbn|imei|serial|ticket|reference|ref|case|id)[\s:#.-]*(?:no|nr|number|num|nummer)?[\s:#.-]*(?:is|was|ist)?\s*$/i;

const IBAN_START = /(?<![A-Za-z\d])[A-Za-z]{2}\d{2}[ -]?(?=[A-Za-z\d]{4})/g;
// Registered lengths: the country says where the number ends, so that a following word is not swallowed.
const IBAN_LENGTH: Readonly<Record<string, number>> = Object.fromEntries(
  "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const LINK =
  "(?:[ \\t:=#\"'`(*-]|number|code|no\\.|nr|is|was|ist|es|est|era|on|the|back|of|my|card|de|la|le|mi|ma|el|tarjeta|carte|meiner|karte|auf|der|:|это|是|は|は、|:){0,12}";
const NUMBERS: readonly { readonly kind: string; readonly cue: RegExp; readonly pattern: RegExp }[] = [
  {
    kind: "ssn",
    cue: /ssn|social sec|social-sec/i,
    pattern:
      /(?:(?<![A-Za-z])ssn|social[ -]security)[^\n]{0,60}?(?<![\d-])(?<secret>\d{3}[- ]?\d{2}[- ]?\d{4})(?![\d-])/dgi,
  },
  {
    kind: "ssn",
    cue: /ssn|social sec/i,
    pattern: /(?<![\d-])(?<secret>\d{3}-\d{2}-\d{4})(?=[^\d\n]{1,20}(?:ssn|social security))/dgi,
  },
  {
    kind: "cvv",
    cue: /cv[vcn]|security code|card code|prüf|seguridad|sécurité|sicherheits/i,
    pattern: new RegExp(
      `(?:(?<![A-Za-z])(?:cvv2?|cvc2?|cvn)|security code|card code|card verification|(?:kartenprüf|prüf)(?:nummer|ziffer|zahl)|sicherheitscode|código de seguridad|code de sécurité)${LINK}(?<secret>\\d{3,4})(?![\\d-])`,
      "dgi",
    ),
  },
  {
    kind: "one-time-code",
    cue: /code|otp|2fa|mfa|passcode|código|код|验证码|驗證碼|認証|인증|tan/i,
    pattern: new RegExp(
      `(?:(?<![A-Za-z])(?:otp|2fa|mfa|totp|m?tan)(?:[ -]?code)?|(?:verification|one[- ]time|authenticat(?:or|ion)|login|log-in|sign-in|security|sms|confirmation|two-factor|access|auth)[ -](?:pass)?(?:code|pin)|one[- ]time pass(?:word|code)|(?:bestätigungs|verifizierungs|einmal|sicherheits)-?code|code de (?:vérification|confirmation|sécurité)|código de (?:verificación|verificação|confirmación|seguridad)|codice di (?:verifica|conferma)|код (?:подтверждения|из смс)|验证码|驗證碼|認証コード|確認コード|인증번호)${LINK}(?<secret>[A-Z]{1,3}-\\d{4,8}|\\d{3}[ -]\\d{3}|\\d{4,8})(?![\\d-]|[.,:/]\\d)`,
      "dgi",
    ),
  },
  {
    kind: "one-time-code",
    cue: /code|otp|código|kode|код/i,
    pattern:
      /(?<![\d.,/:-])(?<secret>\d{3}[ -]\d{3}|\d{4,8})[ ](?:is|was|ist|es|est|é)[ ](?:your|my|the|a|ihr|dein|mein|der|tu|su|mi|el|votre|ton|mon|le|seu|o)[ ](?:[\p{L}\d-]{1,20}[ ]){0,4}(?:otp|(?:[\p{L}-]{0,20})?(?:code|passcode|código))/dgiu,
  },
  {
    kind: "backup-code",
    cue: /(?:backup|recovery|rescue|wiederherstellungs)[- ]?codes?/i,
    pattern:
      /(?:backup|recovery|rescue|wiederherstellungs)[- ]?codes?[^\n:=\d]{0,30}[:=\s-]{1,4}(?<secret>[A-Za-z\d]{0,12}\d[A-Za-z\d-]{3,30}(?:[\s,;•*-]{1,6}[A-Za-z\d]{0,12}\d[A-Za-z\d-]{3,30}){0,20})/dgi,
  },
  {
    kind: "seed-phrase",
    cue: /seed|mnemonic|recovery phrase|backup phrase|semilla|récupération|助记词|助記詞|ニーモニック|wiederherstellung/i,
    pattern:
      /(?:seed(?:[ -]?(?:phrase|words))?|mnemonic(?:[ _-]?phrase)?|(?:secret )?recovery phrase|backup phrase|frase semilla|phrase de récupération|wiederherstellungsphrase|助记词|助記詞|ニーモニック)(?:[^\n]{0,50}?(?:[:=:]|[ ]is|[ ]ist|[ ]es|[ ]est|是|は)|[ ]?)[\s"'`“「*]{0,4}(?<secret>(?:(?:\d{1,2}[.):]?\s{0,2})?[a-z]{3,8}[\s,;|]{1,4}){11,23}(?:\d{1,2}[.):]?\s{0,2})?[a-z]{3,8})(?![a-z])/dgi,
  },
];

// Frequent English words that are not in the list from which seed phrases are made.
const NOT_A_SEED_WORD =
  /\b(?:the|and|for|with|from|have|not|are|was|has|but|should|never|stored|written|wrote|lost|forgot|somewhere|can|they|were|his|her|our)\b/i;

const SHORTEST_SEED = 12;

/** Where the words that can be of a seed end: a sentence may follow. Undefined when they are too few. */
function seedEnd(text: string, start: number, end: number): number | undefined {
  const words = text.slice(start, end);
  const foreign = NOT_A_SEED_WORD.exec(words);
  if (foreign === null) return end;
  const seed = words.slice(0, foreign.index).trimEnd();
  return (seed.match(/[a-z]{3,8}/g)?.length ?? 0) < SHORTEST_SEED ? undefined : start + seed.length;
}

/** Cards, bank accounts and numbers that their context makes secret. */
export function findSecretNumbers(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const { kind, cue, pattern } of NUMBERS) {
    if (!cue.test(text)) continue;
    for (const match of text.matchAll(pattern)) {
      const [start, last] = match.indices?.groups?.["secret"] ?? [0, 0];
      const end = kind === "seed-phrase" ? seedEnd(text, start, last) : last;
      if (end === undefined) continue;
      spans.push({ kind, start, end });
    }
  }
  return spans.concat(findCards(text), findBankAccounts(text));
}

function findCards(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const match of text.matchAll(CARD)) {
    const digits = match[0].replaceAll(/\D/g, "");
    if (!CARD_GROUPS.test(match[0]) || !CARD_BRAND.test(digits) || !hasLuhnChecksum(digits)) continue;
    if (NOT_A_CARD.test(text.slice(Math.max(0, match.index - 30), match.index))) continue;
    spans.push({ kind: "card-number", start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

function hasLuhnChecksum(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function findBankAccounts(text: string): SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const match of text.matchAll(IBAN_START)) {
    const length = IBAN_LENGTH[match[0].slice(0, 2).toUpperCase()];
    if (length === undefined) continue;
    const end = endAfterCharacters(text, match.index, length);
    if (end === undefined) continue;
    const account = text.slice(match.index, end).replaceAll(/[ -]/g, "").toUpperCase();
    if (hasIbanChecksum(account)) spans.push({ kind: "iban", start: match.index, end });
  }
  return spans;
}

/** The offset behind `count` letters and digits, single spaces and hyphens between them allowed. */
function endAfterCharacters(text: string, start: number, count: number): number | undefined {
  let seen = 0;
  let separators = 0;
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isDigit = code >= 48 && code <= 57;
    const lower = code | 32;
    if (isDigit || (code < 128 && lower >= 97 && lower <= 122)) {
      seen += 1;
      separators = 0;
      if (seen === count) return /[A-Za-z\d]/.test(text.charAt(index + 1)) ? undefined : index + 1;
    } else if ((code === 32 || code === 45 || code === 160) && separators === 0) separators += 1;
    else return undefined;
  }
  return undefined;
}

function hasIbanChecksum(account: string): boolean {
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
