import type { Scope } from "../../../domain/scope.ts";
import type { WriteContext } from "./write-change.ts";

/**
 * Files a memory under other ids of the same user: its columns, and the scope words of its index units. Vectors and
 * mentions are kept by user and stay as they are.
 */
export function moveRow({ driver, owners }: WriteContext, rid: number, scope: Omit<Scope, "userId">): void {
  const units = driver.all(
    `SELECT s.passage_no, s.terms, s.scope FROM passages p JOIN text_source s ON s.passage_no = p.passage_no
       WHERE p.rid = ? AND EXISTS (SELECT 1 FROM text_index_docsize d WHERE d.id = p.passage_no)`,
    rid,
  );
  for (const unit of units) {
    // FTS5 must be told exactly what was indexed, or words stay behind.
    driver.run(
      "INSERT INTO text_index(text_index, rowid, terms, scope) VALUES('delete', ?, ?, ?)",
      BigInt(Number(unit["passage_no"])),
      unit["terms"] as string,
      unit["scope"] as string,
    );
  }
  driver.run(
    "UPDATE memories SET agent_no = ?, app_no = ?, run_no = ? WHERE rid = ?",
    owners.ensure("agent", scope.agentId),
    owners.ensure("app", scope.appId),
    owners.ensure("run", scope.runId),
    rid,
  );
  for (const unit of units) {
    const number = Number(unit["passage_no"]);
    driver.run(
      "INSERT INTO text_index(rowid, terms, scope) SELECT passage_no, terms, scope FROM text_source WHERE passage_no = ?",
      number,
    );
  }
}
