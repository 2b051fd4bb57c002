import { parseArgs } from "node:util";
import { invalidInput, MemoryError } from "../../errors.ts";
import { mergeSettings, readSettings } from "../store/cli-settings.ts";
import { findFile, userFolder } from "../store/find-file.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { watchStandardOutput, write } from "../terminal/write.ts";
import type { Call, Command, OutputForm, Reply } from "./command.ts";
import { OUTPUT_OPTIONS } from "./options.ts";
import { usageLines } from "./usage-lines.ts";

const FORMS: readonly OutputForm[] = ["text", "json", "table", "quiet"];

/** Reads the arguments, runs the command, prints its answer. The exit status: 0, 1 failed, 2 wrong usage, 3 nothing found. */
export async function runCommand(name: string, command: Command, args: readonly string[]): Promise<number> {
  const start = performance.now();
  watchStandardOutput();
  // Before the arguments are understood, what asks for JSON must be: errors of usage are answered in it too.
  let isJson = asksForJson(command, args);
  let store: Store | undefined;
  try {
    const { values, positionals } = parse(command, args);
    if (values["help"] === true) {
      const { helpOf } = await import("./help-text.ts");
      await write(helpOf(name, command));
      return 0;
    }
    const form = formOf(values);
    isJson = form === "json";
    const call = createCall(name, { values, positionals, form, opened: (opened) => (store = opened) });
    const reply = await command.run(call);
    await store?.close();
    store = undefined;
    await print(name, reply, form, start);
    return reply.status ?? 0;
  } catch (error) {
    return await printError(name, error, { usage: command.usage, isJson, start });
  } finally {
    await store?.close();
  }
}

function asksForJson(command: Command, args: readonly string[]): boolean {
  // "--agent" asks for it as Mem0's does, except where a command has an option of that name.
  const hasOwnAgent = command.options.some(({ name }) => name === "agent");
  return args.some(
    (each, index) =>
      /^--(?:json|output=json)$|^-ojson$/u.test(each) ||
      (each === "--agent" && !hasOwnAgent) ||
      (each === "json" && /^(?:-o|--output)$/u.test(args[index - 1] ?? "")),
  );
}

type Values = Readonly<Record<string, string | boolean | undefined>>;

function parse(command: Command, args: readonly string[]): { values: Values; positionals: readonly string[] } {
  const options = Object.fromEntries(
    [...OUTPUT_OPTIONS, ...command.options].map(({ name, short, value }) => [
      name,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  const parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  return { values: parsed.values as Values, positionals: parsed.positionals };
}

function formOf(values: Values): OutputForm {
  if (values["json"] === true || values["agent"] === true) return "json";
  const form = values["output"] ?? "";
  if (form === "") return "text";
  if (!(FORMS as readonly unknown[]).includes(form))
    throw invalidInput(`--output expects ${FORMS.join(", ")}, got "${String(form)}".`);
  return form as OutputForm;
}

function createCall(
  name: string,
  given: { values: Values; positionals: readonly string[]; form: OutputForm; opened: (store: Store) => void },
): Call {
  const { values, positionals, form, opened } = given;
  const text = (option: string): string | undefined => {
    const value = values[option];
    return typeof value === "string" ? value : undefined;
  };
  const file = findFile(text("db"));
  const own = userFolder();
  // Read once, and only for who needs them: "config set" must be able to mend a damaged file.
  let settings: ReturnType<typeof mergeSettings> | undefined;
  const readAll = (): ReturnType<typeof mergeSettings> =>
    (settings ??=
      file.folder === own ? readSettings(own) : mergeSettings(readSettings(own), readSettings(file.folder)));
  return {
    name,
    positionals,
    form,
    values,
    file,
    get settings() {
      return readAll();
    },
    text,
    has: (option) => values[option] === true,
    store: async () => {
      const store = await open(text, file.path, readAll());
      opened(store);
      return store;
    },
  };
}

function open(
  text: (option: string) => string | undefined,
  path: string,
  settings: ReturnType<typeof mergeSettings>,
): Promise<Store> {
  const server = text("server") ?? text("base-url");
  const hasNamedFile = text("db") !== undefined;
  if (server !== undefined && hasNamedFile) throw invalidInput("--server and --db name two places. Name one.");
  return openStore({ server, apiKey: text("api-key"), hasNamedFile, path, settings });
}

async function print(name: string, reply: Reply, form: OutputForm, start: number): Promise<void> {
  const { data, count, scope, warnings = [], status = 0 } = reply;
  if (form === "json") {
    await writeObject({
      status: status === 1 ? "error" : "success",
      command: name,
      duration_ms: Math.round(performance.now() - start),
      ...(scope === undefined || Object.keys(scope).length === 0 ? {} : { scope: snakeScope(scope) }),
      ...(count === undefined ? {} : { count }),
      ...(warnings.length === 0 ? {} : { warnings }),
      data,
    });
    return;
  }
  for (const warning of warnings) process.stderr.write(`recollect: ${warning}\n`);
  if (form === "quiet") return;
  const lines = reply.lines(form);
  if (lines.length > 0) await write(`${lines.join("\n")}\n`);
}

async function printError(
  name: string,
  error: unknown,
  { usage, isJson, start }: { usage: readonly string[]; isJson: boolean; start: number },
): Promise<number> {
  const { code } = error as { code?: unknown };
  const isUsage = typeof code === "string" && code.startsWith("ERR_PARSE_ARGS");
  if (!MemoryError.isInstance(error) && !isUsage) throw error;
  const status = isUsage ? 2 : statusOf(error as MemoryError);
  const { message } = error as Error;
  if (isJson) {
    await writeObject({
      status: "error",
      command: name,
      duration_ms: Math.round(performance.now() - start),
      error: message,
      code: isUsage ? "invalid_input" : code,
      data: null,
    });
    return status;
  }
  const hint = status === 2 ? `\n\n${usageLines(usage).join("\n")}\n"recollect ${name} --help" says more.` : "";
  process.stderr.write(`recollect: ${message}${hint}\n`);
  return status;
}

function statusOf({ code, details }: MemoryError): number {
  if (typeof details["exitStatus"] === "number") return details["exitStatus"];
  if (code === "invalid_input") return 2;
  return code === "not_found" ? 3 : 1;
}

async function writeObject(value: object): Promise<void> {
  await write(`${JSON.stringify(value, null, process.stdout.isTTY ? 2 : 0)}\n`);
}

function snakeScope(scope: NonNullable<Reply["scope"]>): object {
  return Object.fromEntries(Object.entries(scope).map(([key, value]) => [key.replace("Id", "_id"), value as unknown]));
}
