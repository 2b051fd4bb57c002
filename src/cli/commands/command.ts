import type { FoundFile } from "../store/find-file.ts";
import type { Settings } from "../store/cli-settings.ts";
import type { OwnerIds, Store } from "../store/store.ts";

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** What stands in help for the value; left out: a switch. */
  readonly value?: string;
  readonly help: string;
  /** Older or Mem0's other name of an option; left out of help. */
  readonly isHidden?: true;
}

export type OutputForm = "text" | "json" | "table" | "quiet";

/** What a command came to. */
export interface Reply {
  /** `data` of the JSON answer. */
  readonly data: unknown;
  readonly count?: number;
  readonly scope?: OwnerIds | undefined;
  readonly warnings?: readonly string[];
  /** Lines for people. */
  readonly lines: (form: OutputForm) => readonly string[];
  /** Default 0; 1 failed, 3 nothing found. */
  readonly status?: 0 | 1 | 3;
}

/** One call of a command. */
export interface Call {
  readonly name: string;
  readonly positionals: readonly string[];
  readonly form: OutputForm;
  text(option: string): string | undefined;
  has(option: string): boolean;
  /** Everything that was read of the command's options. */
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly file: FoundFile;
  readonly settings: Settings;
  /** The file or the server; opened when first asked for, closed at the end. */
  store(): Promise<Store>;
}

export interface Command {
  /** Without the program's name: "add [text]". */
  readonly usage: readonly string[];
  readonly summary: string;
  /** A few lines under the usage. */
  readonly about?: string;
  readonly options: readonly OptionSpec[];
  /** Whole lines to type. */
  readonly examples: readonly string[];
  run(call: Call): Promise<Reply>;
}
