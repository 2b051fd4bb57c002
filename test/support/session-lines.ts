/** Lines of a Claude Code session file, as its version 2.1 writes them. */
export class SessionLines {
  readonly #session: string;
  readonly #folder: string;
  #time = Date.UTC(2026, 8, 1, 9);
  #number = 0;

  constructor(folder: string, session = "session-1") {
    this.#folder = folder;
    this.#session = session;
  }

  get now(): number {
    return this.#time;
  }

  user(text: string): string {
    return this.#line("user", { role: "user", content: text });
  }

  assistant(...content: readonly (string | object)[]): string {
    const parts = content.map((part) => (typeof part === "string" ? { type: "text", text: part } : part));
    return this.#line("assistant", { id: `msg_${this.#number}`, role: "assistant", model: "m", content: parts });
  }

  edit(path: string): string {
    const input = { file_path: path, old_string: "a", new_string: "b" };
    return this.assistant({ type: "tool_use", id: `toolu_${this.#number}`, name: "Edit", input });
  }

  toolResult(text: string): string {
    const content = [{ type: "tool_result", tool_use_id: `toolu_${this.#number}`, content: text }];
    return this.#line("user", { role: "user", content }, { toolUseResult: { stdout: text } });
  }

  other(type: string, message: object | undefined, more: object): string {
    return this.#line(type, message, more);
  }

  #line(type: string, message: object | undefined, more: object = {}): string {
    this.#number += 1;
    this.#time += 5_000;
    const line = {
      parentUuid: this.#number === 1 ? null : `uuid-${this.#number - 1}`,
      isSidechain: false,
      userType: "external",
      cwd: this.#folder,
      sessionId: this.#session,
      version: "2.1.40",
      gitBranch: "main",
      type,
      ...(message === undefined ? {} : { message }),
      uuid: `uuid-${this.#number}`,
      timestamp: new Date(this.#time).toISOString(),
      ...more,
    };
    return `${JSON.stringify(line)}\n`;
  }
}
