const INJECTION =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|prompts?|rules|guidelines|everything (?:above|before))\b|\bsystem prompt\b|\bdeveloper mode\b|\bjailbreak|\byou are now (?:a|an|in|free|dan)\b|\bnew instructions?:|\b(?:reveal|leak|exfiltrate|print) (?:the|your|all) (?:secret|system|hidden|api|password)/u;

/** A text that tries to give the assistant other instructions; it is no source of facts. Expects lower case. */
export function isInjection(lower: string): boolean {
  return INJECTION.test(lower);
}
