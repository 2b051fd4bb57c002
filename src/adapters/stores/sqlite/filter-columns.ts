import { MEMORY_FILTER_COLUMNS as PLAIN_COLUMNS } from "./filter-sql.ts";
import type { FilterColumns } from "./filter-sql.ts";

const owner = (column: string): string => `(SELECT o.value FROM owners o WHERE o.owner_no = m.${column})`;

/** Where a filter finds each field of `memories m`: ids of agents, apps and runs are kept once, in `owners`. */
export const MEMORY_FILTER_COLUMNS: FilterColumns = {
  ...PLAIN_COLUMNS,
  scope: {
    userId: "(SELECT u.user_id FROM partitions u WHERE u.partition_no = m.partition_no)",
    agentId: owner("agent_no"),
    appId: owner("app_no"),
    runId: owner("run_no"),
  },
};

/** The same for a memory `m` as though it had been said in the run of its source `x`. */
export const IN_SOURCE_RUN_COLUMNS: FilterColumns = {
  ...MEMORY_FILTER_COLUMNS,
  scope: {
    ...MEMORY_FILTER_COLUMNS.scope,
    runId: "(SELECT o.value FROM owners o WHERE o.owner_no = x.run_no)",
  },
};
