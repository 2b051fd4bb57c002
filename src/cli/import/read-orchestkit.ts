import { EMPTY_MEMORY } from "./foreign-memory.ts";
import type { ForeignMemory, ForeignSource, SkippedRow } from "./foreign-memory.ts";
import type { Importer } from "./importer.ts";
import type { Place } from "./place.ts";
import { isRecord, readTime } from "./read-mem0-row.ts";
import { readGraphEntity, readGraphRelation } from "./read-memory-server.ts";
import { splitObjects } from "./split-objects.ts";
import { digestOf, idFrom, mentionOf, pickText, readTexts, withoutEmpty } from "./read-values.ts";
import type { Values } from "./read-values.ts";

/** Every file of it in a project, with how its lines are read. */
const FILES: readonly (readonly [string, (row: Values) => (ForeignMemory | string)[]])[] = [
  [".claude/memory/decisions.jsonl", (row) => [readDecision(row)]],
  [".claude/memory/open-problems.jsonl", (row) => [readProblem(row, "open-problem")]],
  [".claude/memory/completed-flows.jsonl", (row) => [readProblem(row, "completed-flow")]],
  [".claude/memory/mem0-queue.jsonl", (row) => [readQueued(row)]],
  [".claude/memory/graph-queue.jsonl", readGraphQueue],
  [".claude/logs/agent-patterns.jsonl", (row) => [readPattern(row)]],
  [".claude/coordination/decision-log.json", (row) => readDecisionLog(row)],
];

export const orchestKit: Importer = {
  name: "orchestkit",
  title: "OrchestKit",
  reads:
    ".claude/memory/*.jsonl, .claude/coordination/decision-log.json and .claude/logs/agent-patterns.jsonl of a project",
  usual: ({ folder }) => [folder],
  detect: (place) => {
    const found = filesAt(place).map(([name]) => name);
    return found.length === 0 ? null : `OrchestKit's files (${found.map((name) => name.split("/").at(-1)).join(", ")})`;
  },
  read: readFiles,
};

/** The files in a project; one file alone is told by its name, which others do not use. */
function filesAt(place: Place): [string, Place, (row: Values) => (ForeignMemory | string)[]][] {
  if (place.isFolder)
    return FILES.filter(([name]) => place.has(name)).map(([name, read]) => [name, place.at(name), read]);
  const found = FILES.find(([name]) => name.endsWith(`/${place.name}`));
  return found === undefined || !/^\s*\{/u.test(place.head) ? [] : [[found[0], place, found[1]]];
}

function readFiles(place: Place): ForeignSource {
  const skipped: SkippedRow[] = [];
  const files = filesAt(place);
  const read = function* (): Generator<ForeignMemory, void, undefined> {
    skipped.length = 0;
    const seen = new Set<string>();
    for (const [name, file, readRow] of files) {
      for (const { row, object } of objectsOf(file, name, skipped)) {
        for (const result of readRow(object)) {
          if (typeof result === "string") skipped.push({ row, reason: result });
          else if (seen.has(result.id)) skipped.push({ row, reason: "stands in the source twice" });
          else {
            seen.add(result.id);
            const at = result.createdAt ?? file.modifiedAt;
            const metadata = result.createdAt === null ? { ...result.metadata, time_estimated: true } : result.metadata;
            yield { ...result, metadata, createdAt: at, updatedAt: at };
          }
        }
      }
    }
  };
  const synced = readSynced(place);
  return {
    what: "OrchestKit's files",
    instance: "local",
    memories: { [Symbol.iterator]: read },
    skipped,
    notes:
      synced === 0 ? [] : [`${synced} of them were sent to Mem0 before: importing that account too brings them twice.`],
  };
}

function* objectsOf(
  file: Place,
  name: string,
  skipped: SkippedRow[],
): Generator<{ readonly row: string; readonly object: Values }, void, undefined> {
  if (name.endsWith(".json")) {
    const value = file.json();
    if (isRecord(value)) yield { row: name, object: value };
    return;
  }
  let number = 0;
  for (const line of file.text().split("\n")) {
    number += 1;
    if (line.trim() === "") continue;
    const row = `${name}:${number}`;
    const { objects, damage } = splitObjects(line);
    if (damage !== null) skipped.push({ row, reason: damage });
    for (const object of objects)
      if (isRecord(object)) yield { row, object };
      else skipped.push({ row, reason: "is no object" });
  }
}

function readDecision(row: Values): ForeignMemory | string {
  const content = isRecord(row["content"]) ? row["content"] : { what: row["content"] };
  const about = isRecord(row["metadata"]) ? row["metadata"] : {};
  const identity = isRecord(row["identity"]) ? row["identity"] : {};
  const what = pickText(content, "what");
  if (what === null) return "has no content.what";
  const why = pickText(content, "why");
  const [alternatives, constraints, tradeoffs] = ["alternatives", "constraints", "tradeoffs"].map((name) =>
    readTexts(content[name]),
  );
  const parts: readonly (readonly [string, string])[] = [
    ["because", why ?? ""],
    ["instead of", alternatives?.join(", ") ?? ""],
    ["constraints:", constraints?.join("; ") ?? ""],
    ["trade-offs:", tradeoffs?.join("; ") ?? ""],
  ];
  const type = pickText(row, "type");
  const sentences = parts.filter(([, text]) => text !== "").map(([word, text]) => `${word} ${text}`);
  const runId = idFrom(pickText(about, "session_id"));
  const appId = idFrom(pickText(about, "project"));
  const relations = Array.isArray(row["relations"]) ? row["relations"].filter(isRecord) : [];
  return {
    ...EMPTY_MEMORY,
    id: pickText(row, "id") ?? digestOf("decision", what, pickText(about, "timestamp")),
    text: [what, ...sentences].join("\n"),
    ...(runId === undefined ? {} : { runId }),
    ...(appId === undefined ? {} : { appId }),
    kind: type === "pattern" || type === "workflow" ? "procedure" : "fact",
    categories: [...new Set([type, pickText(about, "category")].filter((each) => each !== null))],
    mentions: readTexts(row["entities"]).map((name) => mentionOf(name, null)),
    metadata: withoutEmpty({
      type,
      decision_id: row["id"],
      what,
      why,
      alternatives,
      constraints,
      tradeoffs,
      relations,
      imported: withoutEmpty({ ...about, identity: Object.keys(identity).length === 0 ? null : identity }),
    }),
    createdAt: readTime(about["timestamp"]),
    confidence: typeof about["confidence"] === "number" ? about["confidence"] : 1,
  };
}

function readDecisionLog(log: Values): (ForeignMemory | string)[] {
  const list = log["decisions"];
  if (!Array.isArray(list)) return ["has no list of decisions"];
  return list.map((row: unknown, index) => {
    if (!isRecord(row)) return `decision ${index + 1} is no object`;
    const content = isRecord(row["content"])
      ? pickText(row["content"], "what", "decision")
      : pickText(row, "content", "decision");
    if (content === null) return `decision ${index + 1} has no content`;
    const agentId = idFrom(pickText(row, "agent"));
    return {
      ...EMPTY_MEMORY,
      id: pickText(row, "decision_id") ?? digestOf("decision-log", content),
      text: content,
      ...(agentId === undefined ? {} : { agentId }),
      categories: ["decision", ...readTexts(row["category"])],
      metadata: withoutEmpty({ decision_id: row["decision_id"], type: "decision" }),
      createdAt: readTime(row["timestamp"]),
    };
  });
}

function readPattern(row: Values): ForeignMemory | string {
  const text = pickText(row, "pattern");
  if (text === null) return "has no pattern";
  const agentId = idFrom(pickText(row, "agent_id"));
  const outcome = pickText(row, "outcome");
  return {
    ...EMPTY_MEMORY,
    id: digestOf("pattern", agentId ?? null, text),
    text: outcome === null ? text : `${text} (${outcome})`,
    kind: "procedure",
    ...(agentId === undefined ? {} : { agentId }),
    categories: ["pattern", ...(outcome === null ? [] : [outcome])],
    metadata: withoutEmpty({ outcome, pattern: text }),
    createdAt: readTime(row["timestamp"]),
  };
}

function readProblem(row: Values, category: string): ForeignMemory | string {
  const content = isRecord(row["content"]) ? row["content"] : row;
  const text = pickText(content, "problem", "what", "description", "text", "content", "summary", "name", "flow");
  if (text === null) return "has no text that is known (problem, what, description, text, summary)";
  const solution = pickText(content, "solution", "outcome", "why");
  return {
    ...EMPTY_MEMORY,
    id: pickText(row, "id") ?? digestOf(category, text),
    text: solution === null ? text : `${text}\n${solution}`,
    categories: [category],
    metadata: { imported: row },
    createdAt: readTime(row["timestamp"] ?? row["created_at"]),
  };
}

/** What waited to be sent to Mem0. */
function readQueued(row: Values): ForeignMemory | string {
  const payload = isRecord(row["payload"]) ? row["payload"] : row;
  const text = pickText(payload, "text", "content", "memory", "data");
  if (text === null) return "has no text (text, content or memory)";
  return {
    ...EMPTY_MEMORY,
    id: digestOf("mem0-queue", pickText(payload, "user_id"), text),
    text,
    metadata: withoutEmpty({ imported: withoutEmpty({ user_id: payload["user_id"], metadata: payload["metadata"] }) }),
    createdAt: readTime(row["timestamp"]),
  };
}

function readGraphQueue(row: Values): (ForeignMemory | string)[] {
  const at = readTime(row["timestamp"]);
  const payload: unknown = row["payload"];
  const list = (...names: readonly string[]): readonly Values[] => {
    const found = Array.isArray(payload)
      ? payload
      : isRecord(payload)
        ? names.map((name) => payload[name]).find(Array.isArray)
        : undefined;
    return Array.isArray(found) ? found.filter(isRecord) : [];
  };
  const read = (): (ForeignMemory | string)[] => {
    switch (row["type"]) {
      case "create_entities":
        return list("entities").flatMap(readGraphEntity);
      case "create_relations":
        return list("relations").map(readGraphRelation);
      case "add_observations":
        return list("observations").flatMap((each) =>
          readGraphEntity({ name: each["entityName"], observations: each["contents"] ?? each["observations"] }),
        );
      default:
        return ["is no queued change of a graph that is known"];
    }
  };
  return read().map((each) => (typeof each === "string" ? each : { ...each, createdAt: at }));
}

/** Its note of what it sent to Mem0 already. */
function readSynced(place: Place): number {
  const name = ".claude/coordination/.decision-sync-state.json";
  if (!place.has(name)) return 0;
  const state = place.at(name).json();
  const ids = isRecord(state) ? [state["synced_decisions"], state["synced_patterns"]] : [];
  return ids.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
}
