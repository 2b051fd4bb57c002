import type { Row } from "../store/store.ts";
import { columns, pairs } from "./columns.ts";
import { lineWidth, paint } from "./paint.ts";
import { cut, oneLine, withoutControls } from "./text-width.ts";

/** Two lines each, best first: score (where there is one) and text, and under them when, who and which. */
export function describeHits(hits: readonly Row[]): string[] {
  return hits.flatMap((hit) => {
    const score = typeof hit["score"] === "number" ? `${hit["score"].toFixed(2)}  ` : "";
    const indent = " ".repeat(score.length || 2);
    const text = cut(oneLine(textOf(hit)), lineWidth() - score.length);
    return [`${paint("green", score)}${paint("bold", text)}`, `${indent}${paint("dim", aboutLine(hit))}`];
  });
}

export function tableOfMemories(rows: readonly Row[], fields?: readonly string[]): string[] {
  if (fields !== undefined && fields.length > 0)
    return columns(
      fields.map((field) => field.toUpperCase()),
      rows.map((row) => fields.map((field) => plain(row[field]))),
    );
  const hasScores = rows.some((row) => typeof row["score"] === "number");
  return columns(
    [...(hasScores ? ["SCORE"] : []), "ID", "SAID", "WHO", "MEMORY"],
    rows.map((row) => [
      ...(hasScores ? [typeof row["score"] === "number" ? row["score"].toFixed(2) : ""] : []),
      plain(row["id"]),
      day(row["created_at"]),
      speakerOf(row),
      [textOf(row), validity(row)].filter((part) => part !== "").join(" · "),
    ]),
  );
}

/** All of one memory. */
export function describeMemory(row: Row): string[] {
  const sources = Array.isArray(row["sources"]) ? (row["sources"] as readonly Row[]) : [];
  return [
    paint("bold", withoutControls(textOf(row))),
    "",
    ...pairs([
      ["id", plain(row["id"])],
      ["kind", [plain(row["kind"]), plain(row["state"])].filter((part) => part !== "").join(", ")],
      ...given("said", [moment(row["created_at"]), speakerOf(row)].filter((part) => part !== "").join(" by ")),
      ...given("true", validity(row)),
      ...given("owner", ownerOf(row)),
      ...given("categories", plain(row["categories"])),
      ...given("metadata", plain(row["metadata"])),
      ...given("expires", day(row["expiration_date"])),
      ...given("replaced by", plain(row["replaced_by"])),
    ]),
    ...(sources.length === 0 ? [] : ["", paint("dim", "rests on")]),
    ...sources.map((source) => {
      const who = plain(source["name"]) || plain(source["role"]);
      return cut(`  ${day(source["said_at"])}  ${who}: ${oneLine(plain(source["text"]))}`, lineWidth());
    }),
  ];
}

function given(name: string, value: string): readonly (readonly [string, string])[] {
  return value === "" ? [] : [[name, value]];
}

/** "was … until …", and from when on what is true now. */
export function validity(row: Row): string {
  const from = day(row["valid_from"]);
  const to = day(row["valid_to"]);
  const since = from === "" ? "" : `from ${from} `;
  if (to !== "")
    return Date.parse(String(row["valid_to"])) > Date.now() ? `${since}until ${to}` : `was ${since}until ${to}`;
  if (row["state"] === "superseded") return `was ${since}until replaced`;
  return from === "" ? "" : `since ${from}`;
}

export function textOf(row: Row): string {
  return plain(row["memory"]);
}

/** Seconds do not help a reader; the day is what is asked for. */
export function day(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 10) : "";
}

export function moment(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 16).replace("T", " ") : "";
}

export function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (typeof value === "object") return Object.keys(value).length === 0 ? "" : JSON.stringify(value);
  return String(value as string | number | boolean);
}

function aboutLine(row: Row): string {
  const who = speakerOf(row);
  return [
    `${day(row["created_at"])}${who === "" ? "" : ` by ${oneLine(who)}`}`,
    validity(row),
    plain(row["state"]) === "active" || validity(row) !== "" ? "" : plain(row["state"]),
    oneLine(plain(row["categories"])),
    plain(row["id"]),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** Who said it: the name, else the role of the message that it rests on. */
function speakerOf(row: Row): string {
  const [source] = Array.isArray(row["sources"]) ? (row["sources"] as readonly Row[]) : [];
  return (
    plain(row["name"]) ||
    plain(row["attributed_to"]) ||
    plain(row["role"]) ||
    plain(source?.["name"] ?? source?.["role"])
  );
}

function ownerOf(row: Row): string {
  return ["user", "agent", "app", "run"]
    .flatMap((type) => (plain(row[`${type}_id`]) === "" ? [] : [`${type} ${plain(row[`${type}_id`])}`]))
    .join(", ");
}
