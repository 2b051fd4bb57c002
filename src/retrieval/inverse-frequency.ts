/**
 * How rare a term is, `ln(1 + (N - df + .5) / (df + .5))`, counted over the scope and `priorDocuments` documents of
 * ordinary talk. Without them a young store would take every word that it has not seen twice for equally rare,
 * and a word that all of its three memories hold for worthless.
 */
export function inverseFrequency(term: string, frequency: number, total: number, priorDocuments: number): number {
  const df = frequency + priorDocuments * ordinaryShare(term);
  const documents = Math.max(total, frequency) + priorDocuments;
  return Math.log(1 + (documents - df + 0.5) / (df + 0.5));
}

/** Share of ordinary turns that hold a term that is none of the common ones. */
const RARE_SHARE = 0.004;

/** About what share of turns of everyday talk hold the word; from ranks of spoken English by Zipf's law. */
export function ordinaryShare(term: string): number {
  return COMMON.get(term) ?? RARE_SHARE;
}

// Stemmed, since terms are. Three bands are enough: what matters is that "know" and "nut" are told apart.
const COMMON: ReadonlyMap<string, number> = new Map(
  (
    [
      [
        0.06,
        "know like think good go want see time make thing need realli say tell one look well yeah yes thank great love day way lot work sure take come",
      ],
      [
        0.03,
        "new use tri feel even also still much got mean back start year last right today help help give find peopl someth first next week keep talk happen everi end let nice ask call put littl bit big long life home friend famili plan hope week two actual alway never ever mayb pleas hey hi hello ok okay wow oh sound guess kind sort stuff amaz awesom",
      ],
      [
        0.015,
        "place school night morn play watch read car hous job name live eat food dog kid man woman guy girl boy weekend month tomorrow yesterday tonight fun happi enjoy excit cool best better bad hard easi sorri move left turn open run stay show meet visit believ rememb forget idea question answer problem chang differ import alreadi soon enough pretti quit probabl old young part world person learn share check pick buy get wait leav mind care sinc around anoth whole real true interest mom dad sister brother everyth anyth noth someon everyon",
      ],
    ] as const
  ).flatMap(([share, words]) => words.split(" ").map((word) => [word, share] as const)),
);
