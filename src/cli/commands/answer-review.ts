import { invalidInput } from "../../errors.ts";
import type { Row } from "../store/store.ts";
import { plain } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import type { Call, Reply } from "./command.ts";

/** The ids to decide about. @throws MemoryError `invalid_input` without any. */
export function reviewedIds(call: Call): readonly string[] {
  if (call.positionals.length === 0)
    throw invalidInput(`"recollect ${call.name}" expects ids. "recollect review" shows them.`);
  return call.positionals;
}

/** What approve and reject print. */
export function replyTo(answer: Row, done: string): Reply {
  const count = Number(answer["count"] ?? 0);
  const batch = plain(answer["batch_id"]);
  return {
    data: answer,
    count,
    status: count === 0 ? 3 : 0,
    lines: () => [
      `${count} ${done}.`,
      ...(batch === "" ? [] : [paint("dim", `recollect undo ${batch} takes it back.`)]),
    ],
  };
}
