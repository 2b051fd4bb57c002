/** The tables of Claude-Mem as its versions made them: the first names, a version in between, and 13.15. */
export const CLAUDE_MEM_SCHEMAS: Readonly<Record<string, string>> = {
  "schema 4, old names": `
    CREATE TABLE schema_versions(id INTEGER PRIMARY KEY, version INTEGER, applied_at TEXT);
    INSERT INTO schema_versions(version, applied_at) VALUES(4, '2025-10-01T00:00:00Z');
    CREATE TABLE sdk_sessions(id INTEGER PRIMARY KEY, claude_session_id TEXT UNIQUE, sdk_session_id TEXT UNIQUE, project TEXT,
      user_prompt TEXT, started_at TEXT, started_at_epoch INTEGER, completed_at TEXT, completed_at_epoch INTEGER, status TEXT);
    CREATE TABLE observations(id INTEGER PRIMARY KEY, sdk_session_id TEXT, project TEXT, text TEXT, type TEXT,
      created_at TEXT, created_at_epoch INTEGER);
    CREATE TABLE session_summaries(id INTEGER PRIMARY KEY, sdk_session_id TEXT UNIQUE, project TEXT, request TEXT,
      investigated TEXT, learned TEXT, completed TEXT, next_steps TEXT, files_read TEXT, files_edited TEXT, notes TEXT,
      created_at TEXT, created_at_epoch INTEGER);`,
  "in between": `
    CREATE TABLE sdk_sessions(id INTEGER PRIMARY KEY, claude_session_id TEXT, sdk_session_id TEXT, project TEXT,
      user_prompt TEXT, started_at TEXT, started_at_epoch INTEGER, status TEXT, worker_port INTEGER, prompt_counter INTEGER);
    CREATE TABLE observations(id INTEGER PRIMARY KEY, sdk_session_id TEXT, project TEXT, text TEXT, type TEXT, title TEXT,
      subtitle TEXT, facts TEXT, narrative TEXT, concepts TEXT, files_read TEXT, files_modified TEXT, prompt_number INTEGER,
      created_at TEXT, created_at_epoch INTEGER);
    CREATE TABLE session_summaries(id INTEGER PRIMARY KEY, sdk_session_id TEXT, project TEXT, request TEXT, investigated TEXT,
      learned TEXT, completed TEXT, next_steps TEXT, files_read TEXT, files_edited TEXT, notes TEXT, prompt_number INTEGER,
      created_at TEXT, created_at_epoch INTEGER);
    CREATE TABLE user_prompts(id INTEGER PRIMARY KEY, claude_session_id TEXT, prompt_number INTEGER, prompt_text TEXT,
      created_at TEXT, created_at_epoch INTEGER);`,
  current: `
    CREATE TABLE sdk_sessions(id INTEGER PRIMARY KEY, content_session_id TEXT, memory_session_id TEXT, project TEXT,
      platform_source TEXT, user_prompt TEXT, started_at TEXT, started_at_epoch INTEGER, completed_at TEXT,
      completed_at_epoch INTEGER, status TEXT, custom_title TEXT, prompt_counter INTEGER, worker_port INTEGER);
    CREATE TABLE observations(id INTEGER PRIMARY KEY, memory_session_id TEXT, project TEXT, text TEXT, type TEXT, title TEXT,
      subtitle TEXT, facts TEXT, narrative TEXT, concepts TEXT, files_read TEXT, files_modified TEXT, prompt_number INTEGER,
      discovery_tokens INTEGER, created_at TEXT, created_at_epoch INTEGER, content_hash TEXT, generated_by_model TEXT,
      relevance_count INTEGER, merged_into_project TEXT, agent_type TEXT, agent_id TEXT, metadata TEXT);
    CREATE TABLE session_summaries(id INTEGER PRIMARY KEY, memory_session_id TEXT, project TEXT, request TEXT, investigated TEXT,
      learned TEXT, completed TEXT, next_steps TEXT, files_read TEXT, files_edited TEXT, notes TEXT, prompt_number INTEGER,
      discovery_tokens INTEGER, created_at TEXT, created_at_epoch INTEGER, merged_into_project TEXT);
    CREATE TABLE user_prompts(id INTEGER PRIMARY KEY, session_db_id INTEGER, content_session_id TEXT, prompt_number INTEGER,
      prompt_text TEXT, created_at TEXT, created_at_epoch INTEGER);
    CREATE TABLE pending_messages(id INTEGER PRIMARY KEY, message_type TEXT, tool_name TEXT, status TEXT, created_at_epoch INTEGER);
    CREATE VIRTUAL TABLE observations_fts USING fts5(title, narrative);`,
};

const at = (day: number): { created_at: string; created_at_epoch: number } => {
  const time = Date.UTC(2025, 10, day, 9, 30);
  return { created_at: new Date(time).toISOString(), created_at_epoch: time };
};

/** Ten things that a user of it would ask for, in two projects, with the recorder's own work between them. */
export const CLAUDE_MEM_ROWS: Readonly<Record<string, readonly object[]>> = {
  sdk_sessions: [
    { id: 1, content_session_id: "c-1", memory_session_id: "m-1", project: "shop" },
    { id: 2, content_session_id: "c-2", memory_session_id: "m-2", project: "blog" },
    { id: 3, content_session_id: "c-3", memory_session_id: "m-3", project: "observer-sessions" },
  ],
  user_prompts: [
    { id: 1, content_session_id: "c-1", prompt_number: 1, prompt_text: "Why do payments fail on Safari?", ...at(3) },
    { id: 2, content_session_id: "c-1", prompt_number: 2, prompt_text: "My token is <private>hunter2</private>, use it", ...at(3) },
    { id: 3, content_session_id: "c-3", prompt_number: 1, prompt_text: "Hello memory agent, you are continuing to observe.", ...at(3) },
  ],
  observations: [
    {
      id: 11, memory_session_id: "m-1", project: "shop", type: "bugfix", title: "Safari drops the session cookie",
      subtitle: "SameSite=None without Secure", narrative: "Payments failed because the cookie was rejected.",
      facts: '["The fix sets Secure on the cookie","Safari 17 is affected"]', concepts: '["problem-solution","gotcha"]',
      files_read: '["src/session.ts"]', files_modified: '["src/session.ts"]', prompt_number: 1, discovery_tokens: 5120, ...at(4),
    },
    {
      id: 12, memory_session_id: "m-1", project: "shop", type: "decision", title: "Postgres instead of MongoDB",
      narrative: "Orders need transactions, so Postgres was chosen.", facts: "[]", concepts: '["trade-off"]',
      files_read: "[]", files_modified: "[]", prompt_number: 2, ...at(5),
    },
    {
      id: 13, memory_session_id: "m-2", project: "blog", type: "feature", title: "Dark mode toggle",
      narrative: "The toggle stores its state in localStorage under theme.", facts: "not json", concepts: "[]",
      files_read: "[]", files_modified: '["theme.js"]', prompt_number: 1, ...at(6),
    },
    { id: 14, memory_session_id: "m-3", project: "observer-sessions", type: "change", title: "Recorded an observation", ...at(6) },
    { id: 15, memory_session_id: "m-2", project: "blog", type: "change", title: null, narrative: "", ...at(7) },
  ],
  session_summaries: [
    {
      id: 21, memory_session_id: "m-1", project: "shop", request: "Fix payments on Safari", investigated: "cookies and CORS",
      learned: "Safari refuses insecure third-party cookies", completed: "cookie flags", next_steps: "add an end-to-end test in Playwright",
      files_read: '["src/session.ts"]', files_edited: "[]", notes: null, ...at(5),
    },
  ],
  pending_messages: [{ id: 1, message_type: "observation", tool_name: "Bash", status: "pending", created_at_epoch: at(8).created_at_epoch }],
}; // prettier-ignore

const OLD_NAMES: Readonly<Record<string, string>> = {
  content_session_id: "claude_session_id",
  memory_session_id: "sdk_session_id",
};

/** The same rows with the names and columns that a schema has. */
export function rowsFor(schema: string): Record<string, object[]> {
  const isOld = schema !== "current";
  return Object.fromEntries(
    Object.entries(CLAUDE_MEM_ROWS)
      .filter(([table]) => CLAUDE_MEM_SCHEMAS[schema]?.includes(`TABLE ${table}(`) === true)
      .map(([table, rows]) => [
        table,
        rows.map((row) => {
          const renamed = Object.fromEntries(
            Object.entries(row).map(([name, value]) => [
              (isOld ? OLD_NAMES[name] : undefined) ?? name,
              value as unknown,
            ]),
          );
          if (schema !== "schema 4, old names" || table !== "observations") return without(renamed, isOld);
          // Its first version had one text.
          const { title, narrative, facts, ...rest } = renamed;
          const text = [title, narrative, facts].filter((each) => typeof each === "string" && each !== "").join(". ");
          const { id, sdk_session_id, project, type, created_at, created_at_epoch } = rest;
          return { id, sdk_session_id, project, type, created_at, created_at_epoch, text };
        }),
      ]),
  );
}

function without(row: Record<string, unknown>, isOld: boolean): Record<string, unknown> {
  const { discovery_tokens: tokens, ...rest } = row;
  return isOld || tokens === undefined ? rest : row;
}
