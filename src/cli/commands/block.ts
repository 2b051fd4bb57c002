import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { projectScope } from "../agents/project-scope.ts";
import { invalidInput } from "../../errors.ts";
import { readBlocks, writeBlocks } from "../block/block-state.ts";
import type { KnownBlock } from "../block/block-state.ts";
import { refreshBlock } from "../block/refresh-block.ts";
import type { BlockSource, Refreshed } from "../block/refresh-block.ts";
import { BLOCK_MARKERS, MOST_LINES } from "../block/render-block.ts";
import { paint } from "../terminal/paint.ts";
import { oneLine } from "../terminal/text-width.ts";
import { removeSection } from "../wiring/marked-section.ts";
import { projectRoot } from "../wiring/project-root.ts";
import { showChange } from "../wiring/show-change.ts";
import { liesOutside, requireRuleFile } from "../wiring/trusted-file.ts";
import { readText, removeFile, writeText } from "../wiring/write-file.ts";
import type { Call, Command, Reply } from "./command.ts";
import { namedOwner, numberOption, ownerOf, PLACE_OPTIONS, SCOPE_OPTIONS } from "./options.ts";

export const command: Command = {
  usage: ["block on <file> [options]", "block [options]", "block off [file] [options]"],
  summary: "keep a block of memories in CLAUDE.md, AGENTS.md or a rule file",
  about:
    "Off until it is turned on for a file. Without on or off it reads back what was edited in every block, and writes the\nblocks anew: a changed line changes a memory, a removed one deletes it, a new one adds it. Nothing outside the markers\nis touched, and off leaves the file as it was.",
  options: [
    { name: "lines", value: "<n>", help: `most lines of a block, 20 to ${MOST_LINES} (default ${MOST_LINES})` },
    { name: "dry-run", help: "show what would change, and change nothing" },
    ...SCOPE_OPTIONS,
    ...PLACE_OPTIONS,
  ],
  examples: [
    "recollect block on CLAUDE.md",
    "recollect block --dry-run",
    "recollect block",
    "recollect block off CLAUDE.md",
  ],
  run,
};

async function run(call: Call): Promise<Reply> {
  const [verb, ...files] = call.positionals;
  const { folder } = call.file;
  if (!existsSync(folder))
    throw invalidInput(`There is no ${folder} yet: "recollect init", or "recollect add", makes it.`);
  const known = readBlocks(folder);
  if (verb === "off") return turnOff(call, known, files);
  if (verb !== undefined && verb !== "on")
    throw invalidInput(
      '"recollect block" expects on <file>, off [file], or nothing: then it refreshes the blocks that are on.',
    );
  if (verb === "on" && files.length === 0)
    throw invalidInput('"recollect block on" expects a file, such as CLAUDE.md.');
  const blocks = [...known];
  for (const path of files.map((file) => resolve(file)))
    if (!blocks.some((each) => each.path === path)) blocks.push(newBlock(call, path));
  const named = files.map((file) => resolve(file));
  const chosen = verb === "on" ? blocks.filter(({ path }) => named.includes(path)) : blocks;
  for (const { path } of chosen) {
    requireRuleFile(path);
    if (verb === undefined) refuseOutside(call, path);
  }
  return refresh(call, blocks, chosen);
}

/** A project's blocks.json can have come with the checkout: on its word nothing is written elsewhere. */
function refuseOutside({ file: { origin, folder } }: Call, path: string): void {
  if (origin === "project" && liesOutside(path, dirname(folder)))
    throw invalidInput(
      `${path} lies outside of this project, and ${join(folder, "blocks.json")} may have come with the checkout. To go on with it: recollect block on ${path}. To end it: recollect block off ${path}.`,
    );
}

function newBlock(call: Call, path: string): KnownBlock {
  return {
    path,
    ...whoseOf(call, path),
    gap: "",
    end: "",
    isNew: !existsSync(path),
    folders: [],
    fingerprint: "",
    lines: [],
  };
}

async function refresh(call: Call, blocks: readonly KnownBlock[], chosen: readonly KnownBlock[]): Promise<Reply> {
  if (chosen.length === 0)
    return {
      data: { blocks: [] },
      count: 0,
      status: 3,
      lines: () => ["No block is on. Turn one on: recollect block on CLAUDE.md"],
    };
  const isDryRun = call.has("dry-run");
  const source = await sourceOf(call);
  const done = new Map<string, Refreshed>();
  for (const block of chosen) {
    const refreshed = await refreshBlock(block, source, isDryRun);
    done.set(block.path, refreshed);
    // After each file: what was read back from one must not be read back again.
    if (!isDryRun)
      writeBlocks(
        call.file.folder,
        blocks.flatMap((each) => {
          const own = done.get(each.path);
          if (own !== undefined) return own.block === null ? [] : [own.block];
          return each.fingerprint === "" ? [] : [each];
        }),
      );
  }
  const all = [...done];
  return {
    data: {
      is_dry_run: isDryRun,
      blocks: all.map(([path, { before, after, block, edits, kept, left }]) => ({
        path,
        is_on: block !== null,
        is_changed: before !== after,
        lines: block?.lines.length ?? 0,
        left_out: left,
        edits,
        kept,
      })),
    },
    count: all.filter(([, { before, after, edits }]) => before !== after || edits.length > 0).length,
    warnings: all.flatMap(([, { warnings }]) => warnings),
    lines: () => all.flatMap(([path, refreshed]) => linesOf(path, refreshed, isDryRun)),
  };
}

async function sourceOf(call: Call): Promise<BlockSource> {
  const most = numberOption(call, "lines") ?? MOST_LINES;
  if (!Number.isInteger(most) || most < 20 || most > MOST_LINES)
    throw invalidInput(`--lines expects a whole number from 20 to ${MOST_LINES}, got ${most}.`);
  return { store: await call.store(), mostLines: most };
}

/** The memories of the checkout that the file is in, and the user's own; or those of the ids that are named. */
function whoseOf(call: Call, path: string): Pick<KnownBlock, "owner" | "isProject"> {
  const isNamed = Object.keys(namedOwner(call)).length > 0 || (process.env["RECOLLECT_APP_ID"] ?? "") !== "";
  const isShared = call.file.origin === "user" || call.file.origin === "environment";
  const folder = dirname(path);
  if (isNamed || !isShared || !existsSync(join(projectRoot(folder), ".git")))
    return { owner: ownerOf(call), isProject: false };
  return { owner: projectScope({ from: folder, settings: call.settings }).owner, isProject: true };
}

function turnOff(call: Call, known: readonly KnownBlock[], files: readonly string[]): Reply {
  const paths = files.map((file) => resolve(file));
  const chosen = known.filter(({ path }) => paths.length === 0 || paths.includes(path));
  const isDryRun = call.has("dry-run");
  if (paths.length === 0) for (const { path } of chosen) refuseOutside(call, path);
  const changes = chosen.map((block) => {
    const before = readText(block.path);
    const inserted = `${block.gap}${BLOCK_MARKERS.start}${block.end}`;
    const after = before === null ? null : removeSection(before, BLOCK_MARKERS, inserted);
    const isGone = after === null || (block.isNew && after.trim() === "");
    return { block, before, after: isGone ? null : after };
  });
  if (!isDryRun) {
    for (const { block, before, after } of changes) {
      if (after === null) removeFile(block.path, block.folders);
      else if (after !== before) writeText(block.path, after, before);
    }
    writeBlocks(
      call.file.folder,
      known.filter((block) => !chosen.includes(block)),
    );
  }
  return {
    data: { is_dry_run: isDryRun, files: chosen.map(({ path }) => path) },
    count: chosen.length,
    status: chosen.length === 0 ? 3 : 0,
    lines: () =>
      chosen.length === 0
        ? ["No block is on there."]
        : changes.flatMap(({ block, before, after }) => [
            `${paint("green", isDryRun ? "would be taken out of" : "taken out of")}  ${block.path}`,
            ...(isDryRun ? showChange(before ?? "", after ?? "") : []),
          ]),
  };
}

function linesOf(path: string, { block, before, after, edits, kept, left }: Refreshed, isDryRun: boolean): string[] {
  if (block === null) return [];
  const would = isDryRun ? "would be " : "";
  const state = before === after ? paint("dim", "as it should be") : paint("green", `${would}written`);
  return [
    `${state}  ${path}: ${block.lines.length} memories${left === 0 ? "" : `, ${left} more have no room`}`,
    ...edits.map(
      (edit) =>
        `  ${would}${WORDS[edit.what]}  ${oneLine(edit.text)}${edit.what === "add" && edit.why !== undefined ? ` (${edit.why})` : ""}`,
    ),
    ...kept.map((text) => `  kept     ${oneLine(text)} (newer than the line)`),
    ...(isDryRun ? showChange(before, after) : []),
  ];
}

const WORDS = { update: "changed", delete: "deleted", add: "added  " } as const;
