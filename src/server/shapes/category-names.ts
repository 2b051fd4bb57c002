/** Categories of a project that has none of its own. */
export const DEFAULT_CATEGORIES: readonly string[] = [
  "personal_details",
  "family",
  "professional_details",
  "sports",
  "travel",
  "food",
  "music",
  "health",
  "technology",
  "hobbies",
  "fashion",
  "entertainment",
  "milestones",
  "user_preferences",
  "misc",
];

/** Names of custom categories: a list of names or of `{ name: description }`, or one such object. */
export function namesOfCategories(setting: unknown): string[] {
  const parts = Array.isArray(setting) ? (setting as unknown[]) : [setting];
  return parts.flatMap((part) => {
    if (typeof part === "string") return [part];
    return typeof part === "object" && part !== null ? Object.keys(part) : [];
  });
}
