import { CHECK_SCHEMA } from "./check-marks.ts";
import { EVENT_SCHEMA } from "./event-times.ts";
import { ACCESS_SCHEMA } from "./access-log.ts";
import { BATCH_SCHEMA } from "./batch-writer.ts";
import { EVIDENCE_SCHEMA } from "./pattern-evidence.ts";
import { QUEUE_SCHEMA } from "./extraction-queue.ts";
import { GRAPH_SCHEMA } from "./graph-schema.ts";
import { LEDGER_SCHEMA } from "./model-ledger.ts";
import { VECTOR_SCHEMA } from "./vector-store.ts";

/** Kept in `user_version`; a file with a larger number was written by a newer Recollect and is refused. */
export const SCHEMA_VERSION = 7;

/**
 * Tokens are ours (text/analyze.ts): `ascii` cuts at white space only, because every other ASCII character that
 * a term may hold is declared a token character and everything above 127 is one already.
 */
const TOKENIZER = `ascii tokenchars ''!#$%&()*+,-./:;<=>?@[\\]^_\`{|}~''`;

/** Columns that tables of older files lack. */
export const ADDED_COLUMNS: readonly (readonly [table: string, column: string, definition: string])[] = [
  ["memories", "is_pinned", "is_pinned INTEGER NOT NULL DEFAULT 0"],
];

export const SCHEMA: string = `
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- AUTOINCREMENT: a number is never given out again, not even after a reset, since processes remember numbers.
CREATE TABLE IF NOT EXISTS partitions(
  partition_no INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id TEXT,
  next_memory INTEGER NOT NULL DEFAULT 1,
  next_passage INTEGER NOT NULL DEFAULT 1,
  version INTEGER NOT NULL DEFAULT 0,
  patch_version INTEGER NOT NULL DEFAULT 0,
  text_version INTEGER NOT NULL DEFAULT 0,
  passages INTEGER NOT NULL DEFAULT 0,
  terms INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX IF NOT EXISTS partitions_user ON partitions(coalesce(user_id, ''));

CREATE TABLE IF NOT EXISTS owners(owner_no INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, value TEXT NOT NULL, UNIQUE(type, value));

CREATE TABLE IF NOT EXISTS memories(
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  partition_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  is_turn INTEGER NOT NULL,
  role TEXT, name TEXT,
  text TEXT NOT NULL,
  identity BLOB NOT NULL,
  agent_no INTEGER, app_no INTEGER, run_no INTEGER,
  metadata TEXT NOT NULL,
  categories TEXT NOT NULL,
  said_at INTEGER NOT NULL,
  valid_from INTEGER, valid_to INTEGER, granularity TEXT,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, retracted_at INTEGER,
  expiration_date TEXT,
  attribute_subject TEXT, attribute TEXT, attribute_value TEXT, attribute_cardinality TEXT,
  replaced_by TEXT, conflicts_with TEXT,
  is_verified INTEGER NOT NULL, is_immutable INTEGER NOT NULL, is_pinned INTEGER NOT NULL DEFAULT 0,
  confidence REAL NOT NULL,
  language TEXT,
  feedback TEXT, feedback_reason TEXT,
  attachments TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS memories_id ON memories(id);
CREATE INDEX IF NOT EXISTS memories_turns ON memories(partition_no, run_no, agent_no, app_no, said_at, rid) WHERE is_turn = 1;
CREATE INDEX IF NOT EXISTS memories_said ON memories(partition_no, said_at, rid);
CREATE INDEX IF NOT EXISTS memories_derived ON memories(partition_no, said_at, rid) WHERE kind <> 'message';
CREATE INDEX IF NOT EXISTS memories_identity ON memories(partition_no, identity);
-- Newest first: what a slot has held lately is read without sorting all that it ever held.
DROP INDEX IF EXISTS memories_attribute;
CREATE INDEX IF NOT EXISTS memories_slot ON memories(partition_no, attribute, attribute_subject, said_at) WHERE attribute IS NOT NULL;
CREATE INDEX IF NOT EXISTS memories_inactive ON memories(partition_no, state) WHERE state <> 'active';
CREATE INDEX IF NOT EXISTS memories_unverified ON memories(partition_no) WHERE is_verified = 0;
CREATE INDEX IF NOT EXISTS memories_pinned ON memories(partition_no) WHERE is_pinned = 1;
CREATE INDEX IF NOT EXISTS memories_feedback ON memories(partition_no) WHERE feedback IS NOT NULL;
CREATE INDEX IF NOT EXISTS memories_expiring ON memories(partition_no, expiration_date) WHERE expiration_date IS NOT NULL;
CREATE INDEX IF NOT EXISTS memories_agent ON memories(agent_no) WHERE agent_no IS NOT NULL;
CREATE INDEX IF NOT EXISTS memories_app ON memories(app_no) WHERE app_no IS NOT NULL;
CREATE INDEX IF NOT EXISTS memories_run ON memories(run_no) WHERE run_no IS NOT NULL;
CREATE INDEX IF NOT EXISTS memories_replaced ON memories(replaced_by) WHERE replaced_by IS NOT NULL;

CREATE TABLE IF NOT EXISTS sources(
  rid INTEGER NOT NULL, message_rid INTEGER NOT NULL, spans TEXT NOT NULL,
  PRIMARY KEY(rid, message_rid)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sources_message ON sources(message_rid);

-- Parts of messages that purged memories rested on: places without words, as long as the message is there.
CREATE TABLE IF NOT EXISTS hidden_spans(
  message_rid INTEGER PRIMARY KEY REFERENCES memories(rid) ON DELETE CASCADE, spans TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS passages(
  passage_no INTEGER PRIMARY KEY, rid INTEGER NOT NULL,
  start INTEGER NOT NULL, stop INTEGER NOT NULL,
  terms TEXT NOT NULL, date_terms TEXT NOT NULL, term_count INTEGER NOT NULL,
  flags INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS passages_memory ON passages(rid);

CREATE VIEW IF NOT EXISTS text_source AS
  SELECT p.passage_no AS passage_no, p.terms || ' ' || p.date_terms AS terms,
    'p' || m.partition_no || CASE m.is_turn WHEN 1 THEN ' kt' ELSE ' kf' END
      || coalesce(' a' || m.agent_no, '') || coalesce(' b' || m.app_no, '') || coalesce(' r' || m.run_no, '') AS scope
  FROM passages p JOIN memories m ON m.rid = p.rid;
CREATE VIRTUAL TABLE IF NOT EXISTS text_index USING fts5(
  terms, scope, content='text_source', content_rowid='passage_no', tokenize='${TOKENIZER}');
CREATE VIRTUAL TABLE IF NOT EXISTS text_vocabulary USING fts5vocab(text_index, 'col');

CREATE TABLE IF NOT EXISTS entities(
  entity_no INTEGER PRIMARY KEY, partition_no INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS entities_key ON entities(partition_no, key);
-- Those that are named by what they are to somebody ("user's sister"): few, and looked for at every read of the graph.
CREATE INDEX IF NOT EXISTS entities_roles ON entities(partition_no, key) WHERE instr(key, '''s ') > 0;
CREATE TABLE IF NOT EXISTS mentions(
  entity_no INTEGER NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY(entity_no, rid)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mentions_memory ON mentions(rid);

CREATE TABLE IF NOT EXISTS history(
  history_no INTEGER PRIMARY KEY, memory_id TEXT NOT NULL, version INTEGER NOT NULL,
  event TEXT NOT NULL, replaced_text TEXT, had_text INTEGER NOT NULL, has_text INTEGER NOT NULL,
  actor TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
  salt BLOB, content_hash BLOB, hash BLOB NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS history_memory ON history(memory_id, version);

CREATE TABLE IF NOT EXISTS spaces(space_no INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, dimensions INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS unembeddable(
  space_no INTEGER NOT NULL, passage_no INTEGER NOT NULL, PRIMARY KEY(space_no, passage_no)) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS checkpoints(
  checkpoint_no INTEGER PRIMARY KEY, last_history INTEGER NOT NULL, at INTEGER NOT NULL, hash BLOB NOT NULL);

CREATE TABLE IF NOT EXISTS external_ids(
  source TEXT NOT NULL, instance TEXT NOT NULL, external_id TEXT NOT NULL, rid INTEGER NOT NULL,
  PRIMARY KEY(source, instance, external_id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS external_ids_memory ON external_ids(rid);

CREATE TABLE IF NOT EXISTS idempotency(
  key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS jobs(
  job_no INTEGER PRIMARY KEY, type TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, run_at INTEGER NOT NULL, lease_until INTEGER, error TEXT, created_at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS jobs_open ON jobs(state, run_at) WHERE state <> 'done';

-- Whose change a partition waits for, when a writer was overtaken again and again.
CREATE TABLE IF NOT EXISTS turns(partition_no INTEGER PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL);
${EVENT_SCHEMA}${CHECK_SCHEMA}${QUEUE_SCHEMA}${LEDGER_SCHEMA}${GRAPH_SCHEMA}${BATCH_SCHEMA}${EVIDENCE_SCHEMA}${ACCESS_SCHEMA}
${VECTOR_SCHEMA}
`;

/**
 * Every column that can hold words of a memory, and what purge does with it. A test compares this list with
 * the schema: a new text column that is not listed fails it.
 */
export const TEXT_COLUMNS: Readonly<Record<string, string>> = {
  "memories.text": "row deleted",
  "memories.name": "row deleted",
  "memories.metadata": "row deleted",
  "memories.categories": "row deleted",
  "memories.attribute_subject": "row deleted",
  "memories.attribute": "row deleted",
  "memories.attribute_value": "row deleted",
  "memories.feedback_reason": "row deleted",
  "memories.attachments": "row deleted",
  "passages.terms": "row deleted",
  "passages.date_terms": "row deleted",
  "entities.key": "deleted when no memory names it any more",
  "entities.name": "deleted when no memory names it any more",
  "relations.predicate": "row deleted",
  "history.replaced_text": "blanked, the hash stays",
  "history.reason": "blanked",
  "idempotency.answer": "row deleted when it names the memory",
  "unextracted.options": "row deleted",
  "jobs.payload": "row deleted when it names the memory",
  "jobs.error": "row deleted when it names the memory",
  "text_index.terms": "removed with FTS5 secure-delete",
};

/** Columns of identifiers, numbers and enumerations, which hold no words of a memory. */
export const PLAIN_TEXT_COLUMNS: readonly string[] = [
  "meta.key",
  "meta.value",
  "partitions.user_id",
  "owners.type",
  "owners.value",
  "memories.id",
  "memories.kind",
  "memories.state",
  "memories.role",
  "memories.granularity",
  "memories.expiration_date",
  "memories.attribute_cardinality",
  "memories.replaced_by",
  "memories.conflicts_with",
  "memories.language",
  "memories.feedback",
  "sources.spans",
  "hidden_spans.spans",
  "entities.type",
  "relations.origin",
  "spaces.key",
  "history.memory_id",
  "history.event",
  "history.actor",
  "external_ids.source",
  "external_ids.instance",
  "external_ids.external_id",
  "text_index.scope",
  "idempotency.key",
  "idempotency.fingerprint",
  "turns.holder",
  "batches.id",
  "batches.kind",
  "batch_changes.before",
  "accesses.recent",
  "unextracted.batch",
  "unextracted.recalled",
  "model_calls.provider",
  "model_calls.model",
  "model_calls.purpose",
  "model_calls.outcome",
  "model_calls.user_id",
  "model_calls.agent_id",
  "model_calls.app_id",
  "model_calls.run_id",
  "model_usage.provider",
  "model_usage.model",
  "model_usage.purpose",
  "jobs.type",
  "check_marks.change",
  "jobs.state",
];
