import type { SqliteDriver } from "./driver.ts";
import { KeptChains } from "./kept-chains.ts";
import { KeptStates } from "./row-states.ts";
import { TermPostings } from "./term-postings.ts";
import { TurnWindows } from "./turn-windows.ts";

/** What searches read of large partitions and keep for the next one. */
export interface KeptReads {
  readonly windows: TurnWindows;
  readonly states: KeptStates;
  readonly postings: TermPostings;
  readonly chains: KeptChains;
}

export function keepReads(driver: SqliteDriver): KeptReads {
  const states = new KeptStates(driver);
  const windows = new TurnWindows(driver, states);
  return { windows, states, postings: new TermPostings(driver), chains: new KeptChains(driver) };
}

/** After a purge or a reset: what is kept holds words. */
export function forgetReads({ windows, states, postings, chains }: KeptReads): void {
  for (const kept of [windows, states, postings, chains]) kept.forget();
}
