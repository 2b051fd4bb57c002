/** The model that `/v1/chat/completions` hands requests on to: any server with OpenAI's chat API. */
export interface ChatSettings {
  /** "https://api.openai.com/v1": what stands before /chat/completions. */
  readonly baseURL: string;
  /** Sent as `Authorization: Bearer`; left out: none is sent. */
  readonly apiKey?: string | undefined;
  /** For requests that name no model. */
  readonly model?: string | undefined;
  /** Most tokens of memories in a request. Default 1,500. */
  readonly tokenBudget?: number | undefined;
  /** Most time of one answer, streaming included, in milliseconds. Default 600,000. */
  readonly timeoutMs?: number | undefined;
}
