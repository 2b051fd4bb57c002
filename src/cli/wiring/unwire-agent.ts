import { lstatSync } from "node:fs";
import { dirname } from "node:path";
import { MemoryError } from "../../errors.ts";
import { RULE_MARKERS } from "./agent-table.ts";
import type { WiringChange } from "./change-record.ts";
import { isEmptyJson, readJsonPath, removeJson } from "./json-edit.ts";
import { removeSection } from "./marked-section.ts";
import { projectRoot } from "./project-root.ts";
import { removeTomlTable } from "./toml-edit.ts";
import { requireOwnFile } from "./trusted-file.ts";
import { readText } from "./write-file.ts";

export interface PlannedRemoval {
  readonly path: string;
  readonly before: string | null;
  /** Null: the file goes. */
  readonly after: string | null;
  readonly change: WiringChange;
}

/** A file as it is without our part. Nothing is written. @throws MemoryError `invalid_input` for a file that cannot be read. */
export function planRemoval(change: WiringChange): PlannedRemoval {
  const { path, isNew, scope } = change;
  // It may have become a link since.
  if (scope === "project") requireOwnFile(path, checkoutOf(path));
  const before = readText(path);
  if (before === null) return { path, before, after: null, change };
  try {
    const after = withoutOurs(before, change);
    const isNothing = after.trim() === "" || (change.kind === "json" && isEmptyObject(after));
    return { path, before, after: isNew && isNothing ? null : after, change };
  } catch (error) {
    if (!MemoryError.isInstance(error)) throw error;
    throw new MemoryError(error.code, `${path}: ${error.message}`);
  }
}

/** A folder that has become a link since, to another checkout even, is none. */
function checkoutOf(path: string): string {
  let root = projectRoot(dirname(path));
  while (lstatSync(root, { throwIfNoEntry: false })?.isSymbolicLink() === true) root = projectRoot(dirname(root));
  return root;
}

export function withoutOurs(text: string, change: WiringChange): string {
  const { kind, key, root, inserted, head } = change;
  if (kind === "rules") {
    const rest = removeSection(text, { ...RULE_MARKERS, ...(head === undefined ? {} : { head }) }, inserted);
    // The front matter was written with the file.
    return head !== undefined && head !== "" && rest.startsWith(head) ? rest.slice(head.length) : rest;
  }
  const cut = text.split(inserted).length === 2 ? text.replace(inserted, () => "") : undefined;
  if (kind === "toml") return cut ?? removeTomlTable(text, key);
  // Where the file was empty, the braces are ours too.
  if (cut?.trim() === "") return cut;
  // In a file that cannot be read, what we put in is still known byte for byte.
  if (cut !== undefined && (isJson(cut) || !isJson(text))) return cut;
  if (readJsonPath(text, key) === undefined) return text;
  const keepsComma = !inserted.startsWith(",");
  const behind = /\s*$/u.exec(inserted)?.[0] ?? "";
  let rest = text;
  for (let path = key; path.length >= root.length; path = path.slice(0, -1)) {
    if (path !== key && !isEmptyJson(rest, path)) break;
    rest = removeJson(
      rest,
      path,
      path.length === root.length ? { keepsComma, behind } : { keepsComma: false, behind: "" },
    );
  }
  // Where the file was empty, the braces are ours too.
  return inserted.startsWith("{") && isEmptyObject(rest) ? rest.slice(0, rest.indexOf("{")) : rest;
}

function isJson(text: string): boolean {
  try {
    readJsonPath(text, ["recollect"]);
    return true;
  } catch {
    // Somebody wrote on behind our entry, and what is left needs another comma: it is taken out by its structure.
    return false;
  }
}

function isEmptyObject(text: string): boolean {
  return isEmptyJson(text, []) && text.replaceAll(/\s/gu, "") === "{}";
}
