import { TIMELINE_ORDERS } from "../domain/timeline.ts";
import type { TimelineRequest } from "../domain/timeline.ts";
import { invalidInput } from "../errors.ts";
import {
  describeValue,
  pick,
  readBoolean,
  readOptions,
  readTime,
  SCOPE_OPTION_NAMES,
  warnUnknown,
} from "./parse-options.ts";
import { parseRead, READ_OPTIONS, readThreshold, withScopeInFilters } from "./parse-read.ts";
import { DAY_MILLISECONDS, parseTime } from "./parse-time.ts";

const TIMELINE_OPTIONS: readonly string[] = [
  ...READ_OPTIONS,
  ...SCOPE_OPTION_NAMES,
  "from",
  "to",
  "changesOnly",
  "changes_only",
  "order",
  "limit",
  "cursor",
  "threshold",
  "referenceDate",
  "reference_date",
];

const MOST_ENTRIES = 1_000;

export function parseTimeline(topic: unknown, input: unknown): TimelineRequest {
  const options = readOptions(input, "timeline");
  const warnings = warnUnknown(options, TIMELINE_OPTIONS, "timeline");
  if (topic !== null && topic !== undefined && typeof topic !== "string")
    throw invalidInput(`topic must be a text, or null for everything of the scope, got ${describeValue(topic)}.`);
  const asked = typeof topic === "string" && topic.trim() !== "" ? topic.toWellFormed() : null;
  const read = parseRead(withScopeInFilters(options), warnings);
  if (asked === null && read.kinds?.includes("message") === true)
    throw invalidInput('timeline lists messages of a topic only: give a topic, or leave "message" out of kinds.');
  const from = readEdge(options, "from");
  const to = readEdge(options, "to");
  if (from !== null && to !== null && from >= to)
    throw invalidInput("timeline expects from to lie before to: the window that was given is empty.");
  const limit = pick(options, "limit") ?? 50;
  if (typeof limit !== "number" || !Number.isInteger(limit) || limit < 1 || limit > MOST_ENTRIES)
    throw invalidInput(`limit expects a whole number from 1 to ${MOST_ENTRIES}, got ${describeValue(limit)}.`);
  const order = pick(options, "order") ?? "ascending";
  const known = TIMELINE_ORDERS.find((name) => name === order);
  if (known === undefined)
    throw invalidInput(`order expects one of ${TIMELINE_ORDERS.join(", ")}, got ${describeValue(order)}.`);
  const cursor = pick(options, "cursor") ?? null;
  if (cursor !== null && typeof cursor !== "string")
    throw invalidInput(`cursor expects the "next" value of an earlier page, got ${describeValue(cursor)}.`);
  return {
    ...read,
    topic: asked,
    from,
    to,
    changesOnly: readBoolean(options, ["changesOnly", "changes_only"], false),
    order: known,
    limit,
    cursor,
    threshold: readThreshold(options),
    referenceDate: readTime(pick(options, "referenceDate", "reference_date"), "referenceDate") ?? null,
  };
}

/** A whole day as `to` is part of the window. */
function readEdge(options: Parameters<typeof pick>[0], name: "from" | "to"): number | null {
  const given = pick(options, name);
  if (given === undefined || given === null) return null;
  const { start, isDay } = parseTime(given, name);
  return name === "to" && isDay ? start + DAY_MILLISECONDS : start;
}
