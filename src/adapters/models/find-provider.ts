import { invalidInput } from "../../errors.ts";
import type { ModelSettings } from "./model-setting.ts";
import { PROVIDERS, REPLACED } from "./provider-table.ts";
import type { ProviderRow } from "./provider-table.ts";

type Kind = "language" | "embedding" | "reranking";
const WORDS: Readonly<Record<Kind, string>> = {
  language: "language models",
  embedding: "embedding models",
  reranking: "rerankers",
};

/**
 * The provider's row, and the model's name: the given one, else the default.
 * @throws MemoryError `invalid_input` that lists the providers of this kind.
 */
export function findModelProvider(
  settings: ModelSettings,
  kind: Kind,
  setting: string,
): { readonly row: ProviderRow; readonly model: string } {
  const row = findProvider(settings.provider);
  if (row?.[kind] === undefined) throw unknownProvider(settings.provider, row, kind, setting);
  const model = settings.model ?? azureDeployment(row, settings) ?? row[kind];
  if (model !== "") return { row, model };
  throw invalidInput(`${setting}: name the model, for example { provider: "${row.name}", model: "…" }.`, {
    name: setting,
  });
}

/** What must not stand in an error. */
export function secretsOf(row: ProviderRow, { apiKey, rest, headers = {} }: ModelSettings): (string | undefined)[] {
  const others = [rest["secretAccessKey"], rest["sessionToken"], rest["authToken"], ...Object.values(headers)];
  const texts = others.filter((each): each is string => typeof each === "string" && each.length > 8);
  return [apiKey, ...row.keyVariables.map((name) => process.env[name]), ...texts];
}

function findProvider(name: string): ProviderRow | undefined {
  const wanted = plain(name);
  return PROVIDERS.find((row) => [row.name, ...(row.aliases ?? [])].some((each) => plain(each) === wanted));
}

/** Names are written with hyphens, underscores and capitals. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll("-", "_");
}

function azureDeployment({ name }: ProviderRow, { modelProperties }: ModelSettings): string | undefined {
  const deployment = modelProperties?.["deployment"];
  return name === "azure" && typeof deployment === "string" ? deployment : undefined;
}

function unknownProvider(name: string, row: ProviderRow | undefined, kind: Kind, setting: string): Error {
  const replacement = Object.hasOwn(REPLACED, plain(name)) ? REPLACED[plain(name)] : undefined;
  if (replacement !== undefined) return invalidInput(`${setting}: instead of the provider ${name}, ${replacement}.`);
  const known = PROVIDERS.filter((each) => each[kind] !== undefined).map((each) => each.name);
  const what = row === undefined ? `there is no provider "${name}"` : `the provider ${row.name} has no ${WORDS[kind]}`;
  return invalidInput(
    `${setting}: ${what}. Providers: ${known.join(", ")}. ` +
      (kind === "reranking"
        ? 'The configured language model: "llm".'
        : 'Any server with OpenAI\'s API: { provider: "openai-compatible", baseURL, model }.'),
    { name: setting },
  );
}
