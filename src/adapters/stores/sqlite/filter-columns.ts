import { MEMORY_FILTER_COLUMNS as PLAIN_COLUMNS } from "./filter-sql.ts";
import type { FilterColumns } from "./filter-sql.ts";

const numbers = (type: string): string => `SELECT o.owner_no FROM owners o WHERE o.type = '${type}' AND o.value`;
const owner = (column: string): string => `(SELECT o.value FROM owners o WHERE o.owner_no = m.${column})`;

const SCOPE_NUMBERS = {
  userId: { column: "m.partition_no", numbers: "SELECT u.partition_no FROM partitions u WHERE u.user_id" },
  agentId: { column: "m.agent_no", numbers: numbers("agent") },
  appId: { column: "m.app_no", numbers: numbers("app") },
  runId: { column: "m.run_no", numbers: numbers("run") },
};

/** Where a filter finds each field of `memories m`: ids of agents, apps and runs are kept once, in `owners`. */
export const MEMORY_FILTER_COLUMNS: FilterColumns = {
  ...PLAIN_COLUMNS,
  scope: {
    userId: "(SELECT u.user_id FROM partitions u WHERE u.partition_no = m.partition_no)",
    agentId: owner("agent_no"),
    appId: owner("app_no"),
    runId: owner("run_no"),
  },
  scopeNumbers: SCOPE_NUMBERS,
};

/** The same for a memory `m` as though it had been said in the run of its source `x`. */
export const IN_SOURCE_RUN_COLUMNS: FilterColumns = {
  ...MEMORY_FILTER_COLUMNS,
  scope: {
    ...MEMORY_FILTER_COLUMNS.scope,
    runId: "(SELECT o.value FROM owners o WHERE o.owner_no = x.run_no)",
  },
  scopeNumbers: { ...SCOPE_NUMBERS, runId: { column: "x.run_no", numbers: numbers("run") } },
};
