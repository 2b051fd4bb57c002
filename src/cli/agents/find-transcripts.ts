import { readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where coding agents keep their sessions on this machine. */
export function transcriptFolders(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  const { CLAUDE_CONFIG_DIR: claude, CODEX_HOME: codex } = environment;
  return [
    join(claude === undefined || claude === "" ? join(homedir(), ".claude") : claude, "projects"),
    join(codex === undefined || codex === "" ? join(homedir(), ".codex") : codex, "sessions"),
  ];
}

/** The session files of folders and of folders in them, oldest first; files are taken as they are named. */
export function findTranscripts(paths: readonly string[]): readonly string[] {
  const found: { path: string; time: number }[] = [];
  for (const path of paths) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) continue;
    if (!stats.isDirectory()) {
      found.push({ path, time: stats.mtimeMs });
      continue;
    }
    for (const name of readdirSync(path, { recursive: true, encoding: "utf8" })) {
      // Side agents talk to agents; nobody says anything in their files.
      if (!name.endsWith(".jsonl") || /(?:^|[/\\])agent-[\w-]+\.jsonl$|(?:^|[/\\])subagents[/\\]/u.test(name)) continue;
      const file = join(path, name);
      const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      if (time !== undefined) found.push({ path: file, time });
    }
  }
  return found.toSorted((one, other) => one.time - other.time).map(({ path }) => path);
}
