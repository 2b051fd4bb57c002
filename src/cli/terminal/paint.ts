import { styleText } from "node:util";

type Style = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";

/** Coloured where standard output is a terminal and NO_COLOR is not set. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** How wide a line may be: the terminal's width; unlimited where no terminal reads. */
export function lineWidth(): number {
  return process.stdout.isTTY ? Math.max(40, process.stdout.columns ?? 80) : Number.POSITIVE_INFINITY;
}
