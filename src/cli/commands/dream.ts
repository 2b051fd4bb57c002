import type { Row } from "../store/store.ts";
import { plain } from "../terminal/describe-memory.ts";
import { paint } from "../terminal/paint.ts";
import { oneLine } from "../terminal/text-width.ts";
import type { Call, Command, Reply } from "./command.ts";
import { describeContradictions } from "./contradictions.ts";
import { given, ownerOf, PLACE_OPTIONS, PROJECT_OPTIONS, refusePositionals, SCOPE_OPTIONS } from "./options.ts";
import { warningsOf } from "./warnings-of.ts";

export const command: Command = {
  usage: ["dream [options]"],
  summary: "write down what comes again: habits, counts, patterns",
  about: "Of a user, an agent or an app. A second time changes nothing. All of it is one batch: recollect undo.",
  options: [
    { name: "dry-run", help: "say what would change, and change nothing; no model is asked" },
    { name: "no-model", help: "by rules, also where a language model is set" },
    ...SCOPE_OPTIONS.filter(({ name }) => name !== "run-id"),
    ...PROJECT_OPTIONS,
    ...PLACE_OPTIONS,
  ],
  examples: ["recollect dream --dry-run", "recollect dream --user-id hana --json"],
  run,
};

const WORDS: Readonly<Record<string, string>> = {
  ADD: "new      ",
  UPDATE: "changed  ",
  NONE: "as it was",
  RETIRE: "ended    ",
  LEFT: "deleted  ",
};

async function run(call: Call): Promise<Reply> {
  refusePositionals(call);
  // A run has no habits: one that the environment names is not meant.
  const { runId: _runId, ...owner } = ownerOf(call);
  const isDryRun = call.has("dry-run");
  const report = await (
    await call.store()
  ).dream(owner, {
    ...given("dryRun", isDryRun ? true : undefined),
    ...given("useModel", call.has("no-model") ? false : undefined),
  });
  const [patterns = [], contradictions = []] = ["patterns", "contradictions"].map(
    (name) => report[name] as readonly Row[],
  );
  const batch = plain(report["batch_id"]);
  return {
    data: { is_dry_run: isDryRun, ...report },
    count: patterns.length,
    scope: owner,
    warnings: warningsOf(report),
    status: patterns.length === 0 && contradictions.length === 0 ? 3 : 0,
    lines: () => [
      ...patterns.map(
        (pattern) =>
          `${paint("green", WORDS[plain(pattern["event"])] ?? plain(pattern["event"]))}  ${oneLine(plain(pattern["text"]))} ${paint("dim", `(${oneLine(plain(pattern["why"]))})`)}`,
      ),
      ...describeContradictions(contradictions),
      ...(patterns.length === 0 && contradictions.length === 0 ? ["Nothing comes again yet."] : []),
      ...(isDryRun ? [paint("dim", "Nothing was changed.")] : []),
      ...(batch === "" ? [] : [paint("dim", `recollect undo ${batch} takes it back.`)]),
    ],
  };
}
