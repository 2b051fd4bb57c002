import type { JsonSchema } from "../../domain/json-schema.ts";
import type { ViewRequest } from "../../domain/requests.ts";
import type { Scope } from "../../domain/scope.ts";
import type { MemoryItem } from "../../domain/search-result.ts";
import type { Engine } from "../engine.ts";
import { fillSchema } from "./fill-schema.ts";
import type { FilledSchema } from "./fill-schema.ts";
import { PatternCheck } from "./pattern-check.ts";
import { makeView } from "./read-view.ts";
import type { Made } from "./read-view.ts";

export interface SchemaView {
  readonly schema: JsonSchema;
  readonly items: readonly MemoryItem[];
  readonly request: ViewRequest;
  readonly scope: Scope;
}

/** An object after a schema, by the language model where one is configured and asked for, else by rules. */
export async function makeSchemaView(
  engine: Engine,
  { schema, items, request, scope }: SchemaView,
): Promise<Made<FilledSchema>> {
  const patterns = new PatternCheck(schema);
  const made = await makeView<FilledSchema>(engine, {
    key: ["schema", schema],
    items,
    request,
    scope,
    byRules: () => fillSchema(schema, items, patterns),
    byModel: async (question) => {
      const { fillWithModel } = await import("./fill-with-model.ts");
      return fillWithModel(engine, { schema, patterns }, question);
    },
  });
  return { ...made, warnings: [...made.warnings, ...patterns.warnings] };
}
