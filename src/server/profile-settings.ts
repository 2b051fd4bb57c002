import { parseSchema } from "../api/parse-schema.ts";
import type { JsonSchema } from "../domain/json-schema.ts";
import { invalidInput } from "../errors.ts";
import type { Project } from "./control/projects.ts";

export interface ProfileSettings {
  readonly enabled: boolean;
  /** Of users' profiles; null: sections of lines. */
  readonly schema: JsonSchema | null;
  /** Followed by the language model, where one is configured. */
  readonly customInstructions: string | null;
}

/** Where a project's settings hold them. */
const NAME = "profile_settings";

export function profileSettingsOf({ settings }: Project): ProfileSettings {
  const { enabled, schema, customInstructions } = (settings[NAME] ?? {}) as Partial<ProfileSettings>;
  return { enabled: enabled ?? true, schema: schema ?? null, customInstructions: customInstructions ?? null };
}

/**
 * The project's settings with what `{ enabled?, entities?: { user?: { schema?, custom_instructions? } } }` names changed.
 * @throws MemoryError `invalid_input` for other names, as Mem0's platform refuses them.
 */
export function changedProfileSettings(project: Project, body: Readonly<Record<string, unknown>>): object {
  const { org_id: _org, project_id: _project, enabled, entities, ...others } = body;
  refuse(others, "");
  const known = profileSettingsOf(project);
  if (enabled !== undefined && typeof enabled !== "boolean") throw invalidInput("enabled must be true or false.");
  if (entities !== undefined && !isObject(entities)) throw invalidInput("entities must be an object.");
  const { user = {}, ...otherEntities } = entities ?? {};
  refuse(otherEntities, "entities.");
  if (!isObject(user)) throw invalidInput("entities.user must be an object.");
  const { schema, custom_instructions: instructions, ...otherFields } = user;
  refuse(otherFields, "entities.user.");
  if (instructions !== undefined && instructions !== null && typeof instructions !== "string")
    throw invalidInput("entities.user.custom_instructions must be a text.");
  const changed: ProfileSettings = {
    enabled: enabled ?? known.enabled,
    schema: schema === undefined ? known.schema : schema === null ? null : parseSchema(schema),
    customInstructions: instructions === undefined ? known.customInstructions : instructions,
  };
  return { [NAME]: changed };
}

export function profileSettingsShape(
  { enabled, schema, customInstructions }: ProfileSettings,
  hasModel: boolean,
): object {
  return {
    enabled,
    entities: { user: { schema, custom_instructions: customInstructions } },
    capabilities: { entity_types: ["user"], language_model: hasModel, generated: "when read" },
  };
}

function refuse(others: object, place: string): void {
  const [name] = Object.keys(others);
  if (name !== undefined)
    throw invalidInput(
      `Unsupported settings: ${place}${name}. There are enabled, entities.user.schema and entities.user.custom_instructions.`,
    );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
