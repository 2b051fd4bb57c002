import type { Reply } from "./command.ts";

/** What a command found: status 3, and a line that says so, where that is nothing. */
export function foundReply(found: Reply & { readonly count: number }): Reply {
  const { count, lines } = found;
  return { ...found, status: count === 0 ? 3 : 0, lines: (form) => (count === 0 ? ["Nothing found."] : lines(form)) };
}
