import type { DreamReport, DreamRequest } from "../../domain/dream.ts";
import { toHex } from "../../domain/history-chain.ts";
import type { MemoryItem } from "../../domain/search-result.ts";
import { MemoryError } from "../../errors.ts";
import {
  FIND_PATTERNS_INSTRUCTIONS,
  FIND_PATTERNS_VERSION,
  PATTERNS_REMINDER,
  PATTERNS_SCHEMA,
  renderPatterns,
} from "../../prompts/find-patterns.ts";
import { readsLikeInstruction } from "../../text/instruction-like.ts";
import type { Engine } from "../engine.ts";
import { listMemories } from "../list-memories.ts";
import { oneLine } from "../views/view-line.ts";
import { askForEntries, citedBy, isSupportedBy } from "../views/view-model.ts";
import type { KnownPattern, WantedPattern } from "./dream.ts";

/** Facts that a model is shown, the newest said. */
const MOST_SHOWN = 300;
const MOST_PATTERNS = 12;
const MOST_CHARACTERS = 400;
const LEAST_EVIDENCE = 2;

export interface ModelFindings {
  readonly wanted: readonly WantedPattern[];
  /** Keys of known patterns that stay as they are. */
  readonly kept: readonly string[];
  readonly usage: DreamReport["usage"];
  readonly warnings: readonly string[];
  readonly remember: () => Promise<void>;
}

/**
 * Patterns that a language model finds in the facts of a scope. The same facts are not shown twice: then the known
 * patterns stay, and nothing is asked. Each pattern must cite two facts at least and say what they say. When the model
 * fails, the known patterns stay and a warning says so.
 */
export async function findWithModel(
  engine: Engine,
  request: DreamRequest,
  known: readonly KnownPattern[],
): Promise<ModelFindings> {
  const kept = known.map(({ key }) => key);
  const nothing = { wanted: [], kept, usage: NO_USAGE, warnings: [], remember: () => Promise.resolve() };
  const items = await readFacts(engine, request);
  const note = noteName(engine, request);
  const fingerprint = digestOf(engine, [
    FIND_PATTERNS_VERSION,
    items.map(({ id, updatedAt, hash }) => [id, updatedAt, hash]),
  ]);
  if (items.length < LEAST_EVIDENCE || (await engine.store.readNote(note)) === fingerprint) return nothing;
  const active = known.filter(({ stored }) => stored.record.state === "active");
  const warnings: string[] = [];
  const usage = { modelCalls: 0, inputTokens: 0, outputTokens: 0 };
  try {
    const entries = await askForEntries(
      engine,
      {
        name: "lines",
        purpose: "synthesis",
        call: {
          instructions: FIND_PATTERNS_INSTRUCTIONS,
          prompt: renderPatterns(
            items,
            active.map(({ stored }) => stored.record.text),
          ),
          output: { name: "patterns", schema: PATTERNS_SCHEMA },
        },
        reminder: PATTERNS_REMINDER,
      },
      {
        scope: request.scope,
        onWarning: (warning) => warnings.push(warning),
        onUsage: (used) => {
          usage.modelCalls += 1;
          usage.inputTokens += used.inputTokens;
          usage.outputTokens += used.outputTokens;
        },
      },
    );
    const wanted = entries.slice(0, MOST_PATTERNS).flatMap((entry) => readEntry(engine, entry, { items, active }));
    const dropped = entries.length - wanted.length;
    if (dropped > 0)
      warnings.push(
        `${dropped} of ${entries.length} patterns of the language model were left out: their memories do not say so.`,
      );
    return { wanted, kept, usage, warnings, remember: () => engine.store.writeNote(note, fingerprint) };
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    return {
      ...nothing,
      usage,
      warnings: [`The language model found no patterns (${error.code}: ${error.message}) Those of before stay.`],
    };
  }
}

const NO_USAGE = { modelCalls: 0, inputTokens: 0, outputTokens: 0 };

/** What holds and is served, without what was synthesised before. */
async function readFacts(engine: Engine, { read }: DreamRequest): Promise<readonly MemoryItem[]> {
  const { results } = await listMemories(engine, {
    scope: read,
    kinds: ["fact", "procedure"],
    states: null,
    asOf: null,
    knownAt: null,
    latestOnly: true,
    includeMerged: false,
    includeUnverified: false,
    showExpired: false,
    warnings: [],
    limit: MOST_SHOWN,
    offset: 0,
    cursor: null,
    withTotal: false,
  });
  return results;
}

function readEntry(
  engine: Engine,
  entry: Readonly<Record<string, unknown>>,
  { items, active }: { readonly items: readonly MemoryItem[]; readonly active: readonly KnownPattern[] },
): WantedPattern[] {
  const text = typeof entry["text"] === "string" ? oneLine(entry["text"]) : "";
  const cited = citedBy(entry["memories"], items);
  const isSound =
    text !== "" &&
    text.length <= MOST_CHARACTERS &&
    cited.length >= LEAST_EVIDENCE &&
    !readsLikeInstruction(text) &&
    isSupportedBy(text, cited);
  if (!isSound) return [];
  const updates = active[Number(entry["updates"]) - 1];
  const evidence = cited.toSorted((left, right) => (left.createdAt < right.createdAt ? -1 : 1)).map(({ id }) => id);
  return [
    {
      key: updates?.key ?? `model:${digestOf(engine, evidence.toSorted()).slice(0, 16)}`,
      text,
      why: `what ${cited.length} memories say together`,
      name: cited[0]?.name ?? null,
      evidence,
      saidAt: Math.max(...cited.map(({ createdAt }) => Date.parse(createdAt))),
      validFrom: null,
      validTo: null,
      madeBy: "model",
    },
  ];
}

function noteName(engine: Engine, { scope }: DreamRequest): string {
  // A digest, since a note must not hold what somebody is called.
  return `dream ${digestOf(engine, [scope.userId ?? null, scope.agentId ?? null, scope.appId ?? null])}`;
}

function digestOf({ createDigest }: Engine, value: unknown): string {
  const digest = createDigest();
  digest.update(JSON.stringify(value));
  return toHex(digest.digest());
}
