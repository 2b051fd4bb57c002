import type { ExtractionMessage } from "../../domain/extracted-fact.ts";

/** Who says a message, and how facts name him. */
export interface Speaker {
  /** How facts call him at first mention: "Caroline", "User", "Assistant". */
  readonly label: string;
  /** The subject key: the lower-cased name, else "user" or "assistant". */
  readonly key: string;
  /** `peer`: states things about himself. `assistant`: only what he commits to or confirms counts. `none`: no facts. */
  readonly standing: "peer" | "assistant" | "none";
  readonly isNamed: boolean;
  readonly isUser: boolean;
}

const MACHINE_NAME =
  /^(?:assistant|bot|ai|agent|system|tool|gpt.*|chatgpt|claude|gemini|copilot|model|function|search|browser|recollect|mem0|.*(?:bot|assistant|agent)|.*[_/].*)$/iu;

/** How facts call a user without a name, by the language of his words. */
export const USER_LABELS: Readonly<Record<string, string>> = {
  de: "Nutzer",
  fr: "Utilisateur",
  es: "Usuario",
  it: "Utente",
  pt: "Usuário",
  nl: "Gebruiker",
  ru: "Пользователь",
  uk: "Користувач",
  pl: "Użytkownik",
  tr: "Kullanıcı",
  ja: "ユーザー",
  zh: "用户",
  ko: "사용자",
  ar: "المستخدم",
  fa: "کاربر",
  he: "המשתמש",
  hi: "उपयोगकर्ता",
  sv: "Användare",
  da: "Bruger",
  no: "Bruker",
  fi: "Käyttäjä",
  cs: "Uživatel",
};

export function speakerOf(message: ExtractionMessage, language: string): Speaker {
  const name = message.name?.trim().replaceAll(/\s+/gu, " ");
  const isNamed =
    name !== undefined &&
    name !== "" &&
    name.length <= 60 &&
    !MACHINE_NAME.test(name) &&
    !/^user(?:[-_\s]?\d*)?$/iu.test(name);
  if (message.role === "system" || message.role === "tool")
    return { label: "", key: "", standing: "none", isNamed: false, isUser: false };
  if (isNamed)
    return { label: name, key: name.toLowerCase(), standing: "peer", isNamed: true, isUser: message.role === "user" };
  if (message.role === "assistant")
    return { label: "Assistant", key: "assistant", standing: "assistant", isNamed: false, isUser: false };
  return { label: USER_LABELS[language] ?? "User", key: "user", standing: "peer", isNamed: false, isUser: true };
}
