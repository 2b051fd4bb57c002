/** "Usage: recollect …", a line for each way to call it. */
export function usageLines(usage: readonly string[]): string[] {
  return usage.map(
    (line, index) => `${index === 0 ? "Usage:" : "      "} ${line.startsWith("…") ? line : `recollect ${line}`}`,
  );
}
