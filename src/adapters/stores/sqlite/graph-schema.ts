/**
 * Relations between entities. When one holds, whether it is known and in which scope is its memory's to say, so that
 * deleting, superseding and restoring a memory need not touch them.
 */
export const GRAPH_SCHEMA = `
CREATE TABLE IF NOT EXISTS relations(
  rid INTEGER NOT NULL, place INTEGER NOT NULL,
  subject_no INTEGER NOT NULL, predicate TEXT NOT NULL, object_no INTEGER NOT NULL, origin TEXT NOT NULL,
  PRIMARY KEY(rid, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS relations_subject ON relations(subject_no, predicate);
CREATE INDEX IF NOT EXISTS relations_object ON relations(object_no, predicate);
`;
