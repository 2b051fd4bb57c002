import { foldAccents } from "../../text/fold.ts";
import { isInjection } from "../../text/injection.ts";

/** "Ignore all previous instructions", where the rules read English only. */
const ELSEWHERE: readonly RegExp[] = [
  /\b(?:ignorier\w*|vergiss|missachte\w*)\b.{0,60}\b(?:anweisung\w*|instruktion\w*|regeln|vorgaben|befehle)\b/u,
  /\b(?:ignore[zr]?|oublie[zr]?|ne tiens pas compte)\b.{0,60}\b(?:instructions?|consignes|regles)\b/u,
  /\b(?:ignora\w*|olvida\w*|descarta\w*|dimentica\w*)\b.{0,60}\b(?:instrucciones|istruzioni|reglas|regole|ordenes)\b/u,
  /\b(?:ignore|esqueca|desconsidere)\b.{0,60}\b(?:instrucoes|regras)\b/u,
  /\b(?:negeer|vergeet)\b.{0,60}\b(?:instructies|regels|opdrachten)\b/u,
  /\b(?:zignoruj|zapomnij)\b.{0,60}\b(?:instrukcj\w*|polecen\w*)/u,
  /(?:игнорируй|забудь|не обращаи внимания).{0,60}(?:инструкци|правила|указания)/u,
  /(?:忽略|无视|忘记).{0,20}(?:指令|指示|说明|规则|提示)/u,
  /(?:無視|忘れ).{0,20}(?:指示|命令|ルール)|(?:指示|命令|ルール).{0,10}(?:無視|忘れ)/u,
  /(?:무시|잊어).{0,20}(?:지시|명령|규칙)|(?:지시|명령|규칙).{0,10}(?:무시|잊)/u,
  /(?:تجاهل|انس).{0,40}(?:التعليمات|الاوامر|القواعد)/u,
];

/** The marks by which servers part the roles of a prompt, and headings that give themselves a part in it. */
const ROLE_MARK =
  /<\|[^|]{0,40}\|>|<\/?s>|\[\/?inst\]|<<\/?sys>>|<\/?(?:system|user|assistant|human|tool|messages?|instructions?|memory|memories|facts|known|guidance|prompt)\b|^\s*(?:#+\s*|\*\*|\[)?(?:system|assistant|developer|tool|function|user|human|ai|guidance|known|messages|instructions?|admin(?:istrator)?)(?: (?:message|prompt|note|override|update|instructions?))?\s*(?:\]|\*\*)?\s*[:：]/u;

/** Lines that claim that something else begins. */
const NEW_PART =
  /^\W*(?:end|begin|start|beginning) of (?:the )?(?:new )?(?:messages?|conversation|data|user input|transcript|document|prompt|instructions?|task)\b(?=\W*$|\s*[-:.=*#>\])])|^\W*new (?:task|conversation|instructions?|rules?|session)\s*[:：]/u;

/** Talk to whoever writes the memory, about its form or about somebody called the user. */
const TO_THE_WRITER =
  /"(?:facts|sources|kind|text|role)"\s*:|\b(?:extract|output|emit|return|answer with|respond with|write down)\b.{0,40}\b(?:the following|this|these|a|an?other|new) (?:facts?|memor(?:y|ies)|json|instructions?|entry|entries)\b|\b(?:remember|note|store|save|record|memori[sz]e)\b.{0,30}\b(?:the|this|every|all) users?\b|\b(?:long-term )?memory (?:extractor|writer|system|module)\b|\b(?:delete|erase|wipe|forget|overwrite|replace|clear|restore|undelete|copy)\b.{0,30}\b(?:memor(?:y|ies)|facts?)\b|\bkind\b.{0,12}\binstruction\b|\bmessage (?:number|id)\b/u;

const MAX_LINE = 2_000;

/**
 * `end`: an order to the one who extracts, or a part of his prompt forged: nothing from here on is a ground. `skip`:
 * talk about his work: this sentence is none. `undefined`: like any other.
 */
export function forgeryOf(sentence: string): "end" | "skip" | undefined {
  const lower = foldAccents(sentence).toLowerCase();
  if (isInjection(lower) || ROLE_MARK.test(lower) || NEW_PART.test(lower)) return "end";
  if (ELSEWHERE.some((each) => each.test(lower))) return "end";
  return TO_THE_WRITER.test(lower) ? "skip" : undefined;
}

/** Where the first line begins that poses as a part of the prompt; the text's length where none does. */
export function forgedFrom(text: string): number {
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const lower = foldAccents(text.slice(start, Math.min(end, start + MAX_LINE))).toLowerCase();
    if (ROLE_MARK.test(lower) || NEW_PART.test(lower)) return start;
    start = end + 1;
  }
  return text.length;
}

/** "The user always wants …" said by somebody who would say "I": it is told of another, or on his behalf. */
export function speaksOfTheUser(sentence: string): boolean {
  return /\b(?:the|this|that|each|every|our|all|any|current) users?\b/iu.test(sentence);
}
