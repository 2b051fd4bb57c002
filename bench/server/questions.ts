import { userId } from "../speed/stores.ts";
import { queryText } from "../speed/texts.ts";

/** Searches before anything counts. */
export const WARM_UP = 500;

/** The same questions in the same order, in the process and over HTTP. */
export function questionOf(
  number: number,
  users: number,
  perUser: number,
): { readonly query: string; readonly user: string } {
  const user = (number * 37) % users;
  return { query: queryText(user * perUser + ((number * 41) % perUser)), user: userId(user) };
}
