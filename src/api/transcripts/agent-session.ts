/** What one line of a coding agent's session file holds; the parts that nobody said are not in it. */
export interface AgentLine {
  readonly session?: string;
  /** Where the agent worked. */
  readonly folder?: string;
  readonly branch?: string;
  readonly turn?: AgentTurn;
  /** Files that the agent wrote with this line. */
  readonly edited?: readonly string[];
}

export interface AgentTurn {
  readonly role: "user" | "assistant";
  readonly text: string;
  /** Epoch milliseconds; undefined where the line has no time. */
  readonly saidAt: number | undefined;
}

/** Reads the lines of one session file, in order. */
export interface AgentLineReader {
  /** `claude-code` or `codex`. */
  readonly agent: string;
  /** Empty for a line that holds nothing of use; undefined for a damaged one. */
  read(line: string): AgentLine | undefined;
}

/** What hosts put around and between what people say, closed or reaching to the end. */
const HOST_TAGS =
  "system-reminder|command-name|command-message|command-args|command-contents|local-command-stdout|local-command-stderr|local-command-caveat|bash-input|bash-stdout|bash-stderr|user-prompt-submit-hook|session-start-hook|task-notification|environment_context|environment_details|user_instructions|permissions|collaboration_mode|skills_instructions|turn_aborted|subagent_notification|ide_opened_file|ide_selection|ide_diagnostics|new-diagnostics|post-tool-use-hook|INSTRUCTIONS|system|tool_result|function_results|claudeMd";
const OPENING = new RegExp(`<(${HOST_TAGS})(?:\\s[^<>\\n]{0,400})?>`, "gu");
/** Texts that a host writes in the user's name. */
const HOST_TEXT =
  /^(?:caveat: the messages below|\[request interrupted|this session is being continued from a previous|# (?:AGENTS|CLAUDE|GEMINI|MEMORY)\.md\b|# Context from my IDE setup|contents of \/\S{1,400}\.md|base directory for this skill:|stop hook feedback:|please continue the conversation from where we left it off)/iu;

/** What is left of a message without what its host put in; undefined where nobody said anything. */
export function saidIn(text: string): string | undefined {
  const kept: string[] = [];
  let from = 0;
  OPENING.lastIndex = 0;
  for (let match = OPENING.exec(text); match !== null; match = OPENING.exec(text)) {
    kept.push(text.slice(from, match.index));
    const end = `</${match[1] ?? ""}>`;
    const at = text.indexOf(end, OPENING.lastIndex);
    from = at === -1 ? text.length : at + end.length;
    OPENING.lastIndex = from;
    if (at === -1) break;
  }
  kept.push(text.slice(from));
  const said = kept.join("").trim();
  return said === "" || HOST_TEXT.test(said) ? undefined : said;
}
