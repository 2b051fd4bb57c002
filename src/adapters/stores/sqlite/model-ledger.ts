import { startOfDay } from "../../../domain/clock.ts";
import type { ModelCallRow, ModelPurpose } from "../../../domain/model-usage.ts";
import { invalidInput } from "../../../errors.ts";
import type { ModelCallQuery, ModelLedger, ModelUsageRow } from "../../../ports/model-ledger.ts";
import type { Row, SqliteDriver } from "./driver.ts";
import type { StoreAccess } from "./store-access.ts";

export const LEDGER_SCHEMA = `
CREATE TABLE IF NOT EXISTS model_calls(
  call_no INTEGER PRIMARY KEY, at INTEGER NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL, purpose TEXT NOT NULL,
  outcome TEXT NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cached_input_tokens INTEGER NOT NULL,
  milliseconds INTEGER NOT NULL, cost REAL, user_id TEXT, agent_id TEXT, app_id TEXT, run_id TEXT);
CREATE INDEX IF NOT EXISTS model_calls_at ON model_calls(at);

-- Sums by day, so that a budget is checked by reading a few rows.
CREATE TABLE IF NOT EXISTS model_usage(
  day INTEGER NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL, purpose TEXT NOT NULL,
  calls INTEGER NOT NULL, failed_calls INTEGER NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
  cached_input_tokens INTEGER NOT NULL, cost REAL NOT NULL, PRIMARY KEY(day, provider, model, purpose)) WITHOUT ROWID;
`;

/** The cost ledger, in the store's own file. */
export function createModelLedger({ read, write }: StoreAccess): ModelLedger {
  return {
    record: (row) => write((driver) => insertCall(driver, row)),
    usageSince: (from) => read((driver) => readUsage(driver, from)),
    list: (query) => read((driver) => listCalls(driver, query)),
  };
}

function insertCall(driver: SqliteDriver, row: ModelCallRow): void {
  const { userId, agentId, appId, runId } = row.scope;
  driver.run(
    `INSERT INTO model_calls(at, provider, model, purpose, outcome, input_tokens, output_tokens, cached_input_tokens,
       milliseconds, cost, user_id, agent_id, app_id, run_id) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.at,
    row.provider,
    row.model,
    row.purpose,
    row.outcome,
    row.inputTokens,
    row.outputTokens,
    row.cachedInputTokens,
    row.milliseconds,
    row.cost,
    userId ?? null,
    agentId ?? null,
    appId ?? null,
    runId ?? null,
  );
  driver.run(
    `INSERT INTO model_usage VALUES(?, ?, ?, ?, 1, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET calls = calls + 1, failed_calls = failed_calls + excluded.failed_calls,
       input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens,
       cached_input_tokens = cached_input_tokens + excluded.cached_input_tokens, cost = cost + excluded.cost`,
    startOfDay(row.at),
    row.provider,
    row.model,
    row.purpose,
    row.outcome === "answered" ? 0 : 1,
    row.inputTokens,
    row.outputTokens,
    row.cachedInputTokens,
    row.cost ?? 0,
  );
}

function readUsage(driver: SqliteDriver, from: number): ModelUsageRow[] {
  return driver
    .all("SELECT * FROM model_usage WHERE day >= ? ORDER BY day, provider, model, purpose", from)
    .map((row) => ({
      day: Number(row["day"]),
      provider: String(row["provider"]),
      model: String(row["model"]),
      purpose: row["purpose"] as ModelPurpose,
      calls: Number(row["calls"]),
      failedCalls: Number(row["failed_calls"]),
      inputTokens: Number(row["input_tokens"]),
      outputTokens: Number(row["output_tokens"]),
      cachedInputTokens: Number(row["cached_input_tokens"]),
      cost: Number(row["cost"]),
    }));
}

function listCalls(driver: SqliteDriver, query: ModelCallQuery): { calls: ModelCallRow[]; next: string | null } {
  const before = query.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(query.cursor);
  if (!Number.isSafeInteger(before)) throw invalidInput(`cursor expects the "next" of a page, got "${query.cursor}".`);
  const rows = driver.all(
    `SELECT * FROM model_calls WHERE call_no < ? AND at >= ? AND at < ? AND (? IS NULL OR user_id = ?)
     ORDER BY call_no DESC LIMIT ?`,
    before,
    query.from ?? 0,
    query.to ?? Number.MAX_SAFE_INTEGER,
    query.userId ?? null,
    query.userId ?? null,
    query.limit + 1,
  );
  const page = rows.slice(0, query.limit);
  return { calls: page.map(toCall), next: rows.length > query.limit ? String(page.at(-1)?.["call_no"]) : null };
}

function toCall(row: Row): ModelCallRow {
  const id = (column: string): string | undefined => (row[column] === null ? undefined : String(row[column]));
  const scope = { userId: id("user_id"), agentId: id("agent_id"), appId: id("app_id"), runId: id("run_id") };
  return {
    at: Number(row["at"]),
    provider: String(row["provider"]),
    model: String(row["model"]),
    purpose: row["purpose"] as ModelPurpose,
    outcome: row["outcome"] as ModelCallRow["outcome"],
    inputTokens: Number(row["input_tokens"]),
    outputTokens: Number(row["output_tokens"]),
    cachedInputTokens: Number(row["cached_input_tokens"]),
    milliseconds: Number(row["milliseconds"]),
    cost: row["cost"] === null ? null : Number(row["cost"]),
    scope: Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined)),
  };
}
