import { isInjection } from "./injection.ts";

/** Longest stretch of a text that is looked at: a longer one is read for facts, and each of these is judged by itself. */
const LOOKED_AT = 20_000;

// Every part is bounded, so that a text is read in linear time.
const CUES: readonly RegExp[] = [
  // "ignore all previous instructions" and its like
  /\b(?:ignore|disregard|forget|override|bypass|discard|do not follow|don['’]t follow)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|preceding|existing|all|any|your|system|these|those|safety|the)\b[^.!?\n]{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|directives?|policy|policies|restrictions?|guardrails?|training)\b/iu,
  /\b(?:ignoriere|vergiss|missachte)\b[^.!?\n]{0,40}\b(?:anweisung|anweisungen|regeln|vorgaben)\b/iu,
  /\b(?:ignore[zr]?|oublie[zr]?)\b[^.!?\n]{0,40}\b(?:instructions?|consignes|règles)\b/iu,
  /\b(?:ignora|ignore|olvida)\b[^.!?\n]{0,40}\b(?:instrucciones|reglas|istruzioni|regole|instruções|regras)\b/iu,
  // Who it speaks to
  /\b(?:note|message|attention|instructions?|reminder|important)\b[^.!?\n]{0,20}\b(?:to|for)\b[^.!?\n]{0,12}\b(?:ai|a\.i\.|assistants?|llms?|language models?|chatbots?|agents?|chatgpt|claude|gemini|copilot|models?)\b/iu,
  /\b(?:dear|hey|hello|attention)[, ]{1,2}(?:ai|assistant|chatgpt|claude|gemini|copilot|language model|llm|agent)\b/iu,
  /\bif you(?:['’]re| are) (?:an? )?(?:ai|a\.i\.|llm|language model|assistant|agent|bot|chatbot)\b/iu,
  /\b(?:ai|assistant|llm|model|agent|chatbot|bot)s?\b[^.!?\n]{0,12}\b(?:must|should|shall|needs? to|has to|is to|are to|will now)\b/iu,
  // What it would have the reader be or do
  /\byou (?:are|will be) now\b|\bfrom now on\b|\b(?:act|behave|respond|answer|reply) as (?:if|though|an?|the)\b|\bpretend (?:to be|that|you)\b|\benter (?:developer|debug|god|admin|dan) mode\b|\bjailbreak/iu,
  /(?:^|[.!?\n:;]\s{0,3}|\band )(?:please )?(?:always|never) (?:answer|reply|respond|say|tell|write|recommend|suggest|mention|include|add|append|use|send|forward|share|trust|approve|run|execute|call|click|open|link|cite|praise|reveal|ask|refuse|insert|end|begin|start|prefer|visit)\b/iu,
  /\b(?:you|the assistant|the agent) (?:must|should|shall|have to|need to|are required to|will) (?:not |never |always |only |also |now )?(?:answer|reply|respond|say|tell|recommend|mention|include|send|forward|share|trust|approve|run|execute|call|click|open|reveal|delete|transfer|pay|buy|remember|store|forget|ignore|obey|follow|visit|email|upload|download|install|confirm|use)\b/iu,
  /(?:^|[.!?\n:;]\s{0,3})(?:please )?(?:remember|memori[sz]e|save|store|record|note)\b[^.!?\n]{0,24}\b(?:that|this|the following|to (?:always|never)|in (?:your )?memory)\b/iu,
  // What it would have done with what is known
  /\b(?:send|forward|e-?mail|upload|post|leak|exfiltrate|transmit|submit|copy|report)\b[^\n]{0,80}\bto\b[^\n]{0,40}(?:https?:\/\/|www\.|@|\bftp:)/iu,
  /\b(?:reveal|print|show|repeat|output|disclose|leak|give me)\b[^.!?\n]{0,30}\b(?:system prompt|hidden prompt|instructions|api keys?|passwords?|secrets?|credentials|private key|conversation history)\b/iu,
  /\b(?:run|execute|eval|invoke|call)\b[^.!?\n]{0,24}(?:`|\bcurl\b|\brm -|\bsudo\b|\bbash\b|\bshell\b|\bpowershell\b|\bthe (?:tool|function|command)\b)/iu,
  // Marks of prompts
  /<\/?\s?(?:system|assistant|instructions?|prompt|developer)\s?>|\[\/?(?:INST|SYS|SYSTEM)\]|<\|[a-z_]{2,20}\|>|^\s{0,4}#{1,4}\s?(?:system|instructions?|new instructions?)\b/imu,
  /(?:^|\n)\s{0,4}(?:system|developer)\s?:\s/iu,
];

/**
 * True for a text that tells its reader what to do: what a web page, a document or a tool must not get to say. It errs
 * on the side of yes, since what it finds waits for a person and is not lost. Call it for what nobody said, never for
 * what a user says: "always answer in French" is his right.
 */
export function readsLikeInstruction(text: string): boolean {
  const looked = text.slice(0, LOOKED_AT);
  return isInjection(looked.toLowerCase()) || CUES.some((cue) => cue.test(looked));
}
