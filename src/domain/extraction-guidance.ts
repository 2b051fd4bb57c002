/** What a caller asks of extraction beyond the rules; followed by language models, never obeyed by what is extracted from. */
export interface ExtractionGuidance {
  readonly customInstructions?: string;
  /** Names of categories with what each is for; facts are filed under these names alone. */
  readonly customCategories?: Readonly<Record<string, string>>;
  /** What to remember only, and what never to. */
  readonly includes?: string;
  readonly excludes?: string;
  /** In place of `customInstructions` where the memory is an agent's own: an agent id and no user id. */
  readonly agentCustomInstructions?: string;
}
