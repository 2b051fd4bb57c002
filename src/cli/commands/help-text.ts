import type { Command, OptionSpec } from "./command.ts";
import { OUTPUT_OPTIONS } from "./options.ts";
import { usageLines } from "./usage-lines.ts";

/** What `recollect <command> --help` prints. */
export function helpOf(name: string, { usage, summary, about, options, examples }: Command): string {
  const shown = [...options, ...OUTPUT_OPTIONS].filter(({ isHidden }) => isHidden !== true);
  const width = Math.max(...shown.map((option) => spelling(option).length));
  const lines = [
    ...usageLines(usage),
    "",
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    ...(about === undefined ? [] : ["", about]),
    "",
    ...shown.map((option) => `  ${spelling(option).padEnd(width)}  ${option.help}`),
    "",
    examples.length === 1 ? "Example:" : "Examples:",
    ...examples.map((example) => `  ${example}`),
    "",
    `Exit status: 0, 1 failed, 2 wrong usage, 3 nothing found.${name === "add" ? " Without an id, the user is your user name on this machine." : ""}`,
  ];
  return `${lines.join("\n")}\n`;
}

function spelling({ name, short, value }: OptionSpec): string {
  return `${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}
