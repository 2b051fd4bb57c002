/** A moment as ISO 8601, or null. */
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
