import { invalidInput } from "../../errors.ts";
import type { Call, Command, OptionSpec, Reply } from "./command.ts";
import { OUTPUT_OPTIONS } from "./options.ts";
import { COMMANDS, OTHER_COMMANDS } from "./table.ts";

export const command: Command = {
  usage: ["completion bash|zsh|fish"],
  summary: "print a script that completes commands and options",
  options: [],
  examples: [
    "recollect completion bash > ~/.local/share/bash-completion/completions/recollect",
    'recollect completion zsh > "${fpath[1]}/_recollect"',
    "recollect completion fish > ~/.config/fish/completions/recollect.fish",
  ],
  run,
};

interface Described {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionSpec[];
}

const OTHERS: readonly Described[] = Object.entries({ ...OTHER_COMMANDS, help: "what a command does" }).map(
  ([name, summary]) => ({ name, summary, options: [] }),
);

async function run(call: Call): Promise<Reply> {
  const [shell = ""] = call.positionals;
  const write = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (write === undefined || call.positionals.length > 1)
    throw invalidInput(`"recollect completion" expects one of ${Object.keys(SHELLS).join(", ")}.`);
  const commands = await Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) => {
      const { options } = (await load()).command;
      return { name, summary, options: [...options, ...OUTPUT_OPTIONS].filter(({ isHidden }) => isHidden !== true) };
    }),
  );
  const script = write([...commands, ...OTHERS]);
  return { data: { shell, script }, lines: () => script.trimEnd().split("\n") };
}

const SHELLS: Readonly<Record<string, (commands: readonly Described[]) => string>> = { bash, zsh, fish };

function bash(commands: readonly Described[]): string {
  const cases = commands.map(
    ({ name, options }) => `    ${name}) words="${options.map((option) => `--${option.name}`).join(" ")}" ;;`,
  );
  return `# bash completion of recollect
_recollect() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")}" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _recollect recollect
`;
}

function zsh(commands: readonly Described[]): string {
  const names = commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, options }) => {
    const specs = options.map((option) =>
      quote(
        `--${option.name}[${option.help.replaceAll(/[[\]:]/gu, " ")}]${option.value === undefined ? "" : ":value:_files"}`,
      ),
    );
    return `    ${name}) _arguments ${[...specs, quote("*:file:_files")].join(" ")} ;;`;
  });
  return `#compdef recollect
_recollect() {
  local -a commands
  commands=(
${names.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local chosen=$words[2]
  shift words
  (( CURRENT-- ))
  case $chosen in
${cases.join("\n")}
  esac
}
if [ "$funcstack[1]" = "_recollect" ]; then _recollect "$@"; else compdef _recollect recollect; fi
`;
}

function fish(commands: readonly Described[]): string {
  const lines = commands.flatMap(({ name, summary, options }) => [
    `complete -c recollect -n __fish_use_subcommand -f -a ${name} -d ${fishQuote(summary)}`,
    ...options.map(
      ({ name: option, short, value, help }) =>
        `complete -c recollect -n ${fishQuote(`__fish_seen_subcommand_from ${name}`)} -l ${option}${short === undefined ? "" : ` -s ${short}`}${value === undefined ? "" : " -r"} -d ${fishQuote(help)}`,
    ),
  ]);
  return `# fish completion of recollect\n${lines.join("\n")}\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishQuote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
