import { paint } from "../terminal/paint.ts";

const CONTEXT = 2;

/** Lines that go and lines that come, with a little of what stands around them. */
export function showChange(before: string, after: string): string[] {
  const old = before === "" ? [] : before.split(/\r?\n/u);
  const now = after === "" ? [] : after.split(/\r?\n/u);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const from = Math.max(0, head - CONTEXT);
  return [
    ...around(old.slice(from, head)),
    ...old.slice(head, old.length - tail).map((line) => paint("red", `  - ${line}`)),
    ...now.slice(head, now.length - tail).map((line) => paint("green", `  + ${line}`)),
    ...around(now.slice(now.length - tail, now.length - tail + CONTEXT)),
  ].map((line) => line.trimEnd());
}

function around(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}
