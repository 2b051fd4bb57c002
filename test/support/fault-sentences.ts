/** What a writer told of one acknowledged add. */
export interface Acknowledged {
  /** A word that is in this message and in no other. */
  readonly mark: string;
  readonly number: number;
  readonly userId: string;
  readonly id: string;
  readonly facts: readonly string[];
}

const PLACES = ["Oslo", "Bergen", "Tromso", "Lisbon", "Porto", "Kyoto", "Turin", "Ghent"];
const THINGS = ["harbour", "lighthouse", "orchard", "workshop", "bakery", "railway", "library", "greenhouse"];

export function markOf(name: string, number: number): string {
  return `mark${name}x${number}`;
}

/** Every 40th message is so long that its indexing takes many transactions. */
export function isLong(number: number): boolean {
  return number % 40 === 20;
}

/** One message: some make facts that replace earlier ones, some are long, each has its own mark. */
export function sentence(name: string, number: number): string {
  const place = PLACES[number % PLACES.length] as string;
  const thing = THINGS[(number * 3) % THINGS.length] as string;
  const mark = markOf(name, number);
  if (isLong(number)) {
    const part = `The ${thing} of ${place} was painted green and white again by the old keeper. `;
    return `About ${mark}. ${part.repeat(1_200)}`;
  }
  if (number % 3 === 0) return `I live in ${place} now, as ${mark} says.`;
  if (number % 3 === 1) return `I own a ${thing} called ${mark}.`;
  return `We walked to the ${thing} with ${mark} and talked about the weather in ${place}.`;
}

/** A later message of the writer may replace what this one says: then a search no longer gives it. */
export function isReplaceable(number: number): boolean {
  return number % 3 === 0 && !isLong(number);
}

/** In shared mode every second message goes to a user that all writers share. */
export function writerUser(name: string, number: number, isShared: boolean): string {
  return isShared && number % 2 === 1 ? "everyone" : `user-${name}`;
}
