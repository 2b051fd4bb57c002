import type { ChangeCue } from "../../domain/extracted-fact.ts";

const CHANGE =
  /\b(?:now|no longer|anymore|any more|these days|nowadays|as of|from now on|instead(?: of)?|switched|changed|replaced|new|newly|recently|just (?:moved|started|got|became|switched)|since (?:yesterday|today|monday|tuesday|wednesday|thursday|friday|last|this)|starting|effective|has been (?:moved|changed|updated|raised|renamed)|used to|going forward|latest|updated?|finally|anew|stopped|quit|gave up|lately|currently)\b/u;
const CORRECTION =
  /\b(?:correction|i misspoke|misspoke|i meant|what i meant|meant to say|to correct|let me correct|correct myself|my mistake|my bad|i was wrong|was a typo|typo|scratch that|i made a mistake|got that wrong|i mixed (?:up|that)|not what i said|in fact|contrary to what|i said .{1,30} (?:earlier|before)|earlier i said|i told you .{0,40}wrong)\b|^(?:oh |oops,? |wait,? |no,? |sorry,? |well,? |hmm,? )*(?:actually|sorry|wait|oops)\b|\bactually (?:it|that|the|my|i'm|i am|she|he|it's|is|was)\b|\b(?:is|was|'s) actually\b/u;
const REAL_CHANGE =
  /\b(?:now|no longer|anymore|any more|moved|switched|changed|these days|as of|new|from now on|starting|recently)\b/u;

/** The cue that the words of a sentence give; a verb's own cue ("moved to") counts for more. */
export function cueOf(lower: string): ChangeCue {
  if (CORRECTION.test(lower)) {
    // "Actually I moved last week" tells of a change; "I misspoke" never does.
    const isSlip =
      /\b(?:misspoke|i meant|meant to say|correction|typo|my mistake|i was wrong|scratch that|correct)\b/u.test(lower);
    if (isSlip || !REAL_CHANGE.test(lower)) return "correction";
  }
  return CHANGE.test(lower) ? "change" : "none";
}

/** "I'm not vegetarian any more", "I no longer work there": the value of a negated statement has ended. */
export function endsValue(lower: string): boolean {
  return /\b(?:no longer|anymore|any more|any longer|stopped|quit|gave up|given up|not .* now)\b/u.test(lower);
}
