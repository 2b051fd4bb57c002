import type { ProfileRequest } from "../domain/requests.ts";
import { countTokens } from "../text/token-count.ts";
import type { Engine } from "./engine.ts";
import { makeSchemaView } from "./views/make-schema-view.ts";
import { instructionLines, PROFILE_SECTIONS, profileLines } from "./views/profile-sections.ts";
import { makeView, readItems, scopeOfRead } from "./views/read-view.ts";
import type { Made, ViewItems } from "./views/read-view.ts";
import { oneLine, underHeadings } from "./views/view-line.ts";
import type { ViewLine } from "./views/view-line.ts";

export interface ProfileLine {
  readonly text: string;
  /** At least one. */
  readonly memoryIds: readonly string[];
}

export interface Profile {
  /** Ready for a prompt, the sections under their names. Never above the budget; empty when nothing is known. */
  readonly text: string;
  /** Estimated tokens of `text`. */
  readonly tokens: number;
  /** What is in `text`, by section: identity, preferences, instructions, projects, people, more. Empty with a schema. */
  readonly sections: Readonly<Record<string, readonly ProfileLine[]>>;
  /** With a schema: the object after it, whole. Else null. */
  readonly values: Readonly<Record<string, unknown>> | null;
  /** With a schema: ids of the memories behind each filled property, by its path ("address.city"). */
  readonly citations: Readonly<Record<string, readonly string[]>>;
  /** Memories of the scope, and whether all of them were looked at. */
  readonly memories: number;
  readonly isComplete: boolean;
  /** When the newest change of a memory in it was made, ISO 8601; null without one. */
  readonly updatedAt: string | null;
  readonly madeBy: "rules" | "model";
  readonly warnings: readonly string[];
}

/** Memories that a profile is made of, the newest said. */
const MAX_READ = 1_000;

/** Who a user or an agent is, as the memories say now: sections of lines, or an object after a schema. */
export async function makeProfile(engine: Engine, request: ProfileRequest): Promise<Profile> {
  const found = await readItems(engine, request.read, MAX_READ);
  return request.schema === null ? profileOfLines(engine, request, found) : profileOfSchema(engine, request, found);
}

async function profileOfLines(engine: Engine, request: ProfileRequest, found: ViewItems): Promise<Profile> {
  const { items } = found;
  const made = await makeView<readonly ViewLine[]>(engine, {
    key: ["profile"],
    items,
    request,
    scope: scopeOfRead(request.read),
    byRules: () => profileLines(items, engine.clock()),
    byModel: async (question) => {
      const { modelProfileLines } = await import("./views/view-model.ts");
      return [...instructionLines(items, engine.clock()), ...(await modelProfileLines(engine, question))];
    },
  });
  const lines = withinBudget(made.value, request.tokenBudget);
  const sections = underHeadings(lines);
  return {
    ...commonOf(request, found, made),
    ...textOf(lines),
    sections: Object.fromEntries(
      PROFILE_SECTIONS.map((name) => [
        name,
        (sections.get(name) ?? []).map(({ text, memoryIds }): ProfileLine => ({ text, memoryIds })),
      ]),
    ),
    values: null,
    citations: {},
  };
}

async function profileOfSchema(engine: Engine, request: ProfileRequest, found: ViewItems): Promise<Profile> {
  const { items } = found;
  const schema = request.schema ?? {};
  const made = await makeSchemaView(engine, { schema, items, request, scope: scopeOfRead(request.read) });
  const { value, citations } = made.value;
  const lines = withinBudget(
    linesOf(value, "").map(([path, text]) => ({ heading: "", text: `${path}: ${text}`, memoryIds: [], createdAt: "" })),
    request.tokenBudget,
  );
  return { ...commonOf(request, found, made), ...textOf(lines), sections: {}, values: value, citations };
}

function commonOf(
  { read }: ProfileRequest,
  { items, total }: ViewItems,
  { madeBy, warnings }: Made<unknown>,
): Pick<Profile, "memories" | "isComplete" | "updatedAt" | "madeBy" | "warnings"> {
  const changes = items.map(({ updatedAt }) => updatedAt);
  return {
    memories: total,
    isComplete: items.length === total,
    updatedAt: changes.length === 0 ? null : changes.reduce((one, other) => (one > other ? one : other)),
    madeBy,
    warnings: [...read.warnings, ...warnings],
  };
}

/** Lines as far as the budget goes, a turn for each section: a long one takes no other's place. */
function withinBudget(lines: readonly ViewLine[], tokenBudget: number): readonly ViewLine[] {
  const queues = [...underHeadings(lines).values()].map((section) => [...section]);
  const kept = new Set<ViewLine>();
  while (queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      const line = queue.shift();
      if (line === undefined) continue;
      if (textOf(lines.filter((each) => kept.has(each) || each === line)).tokens <= tokenBudget) kept.add(line);
    }
  }
  return lines.filter((line) => kept.has(line));
}

function textOf(lines: readonly ViewLine[]): { readonly text: string; readonly tokens: number } {
  const sections = [...underHeadings(lines)].toSorted(([one], [other]) => placeOf(one) - placeOf(other));
  const text = sections
    .map(([heading, members]) =>
      [...(heading === "" ? [] : [`${heading}:`]), ...members.map((line) => `- ${oneLine(line.text)}`)].join("\n"),
    )
    .join("\n");
  return { text, tokens: countTokens(text) };
}

function placeOf(heading: string): number {
  return (PROFILE_SECTIONS as readonly string[]).indexOf(heading);
}

/** An object as lines: each value with its path. What is empty is no line. */
function linesOf(value: unknown, path: string): (readonly [path: string, text: string])[] {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) {
    const isPlain = value.every((each) => typeof each !== "object" || each === null);
    if (value.length === 0) return [];
    return [[path, isPlain ? value.join(", ") : value.map((each) => JSON.stringify(each)).join(", ")]];
  }
  if (typeof value === "object")
    return Object.entries(value).flatMap(([name, each]) => linesOf(each, path === "" ? name : `${path}.${name}`));
  return [[path, String(value)]];
}
