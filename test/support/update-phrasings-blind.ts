import type { PhrasingSet } from "./phrasing-set.ts";
import { BLIND_LEISURE_PHRASINGS } from "./update-phrasings-blind-leisure.ts";
import { BLIND_LIFE_PHRASINGS } from "./update-phrasings-blind-life.ts";
import { BLIND_OTHERS_PHRASINGS } from "./update-phrasings-blind-others.ts";
import { BLIND_WORK_PHRASINGS } from "./update-phrasings-blind-work.ts";

/**
 * Written without sight of the extractor, its tests or the open phrasings, to count what it does with words that
 * nobody tuned it on. Whoever works on the extractor may read the counts and the causes, never fit a pattern to
 * one of these lines.
 */
export const BLIND_PHRASINGS: readonly PhrasingSet[] = [
  ...BLIND_LIFE_PHRASINGS,
  ...BLIND_LEISURE_PHRASINGS,
  ...BLIND_WORK_PHRASINGS,
  ...BLIND_OTHERS_PHRASINGS,
];
