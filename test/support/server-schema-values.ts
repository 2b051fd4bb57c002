/** A part of JSON Schema: what our document is made of. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
}

/** Real values by the name of the field or of the part of a path. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** Chooses, from one random source. */
export class Choice {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  number(below: number): number {
    return Math.floor(this.#random() * below);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.number(items.length)] as Item;
  }
}

/** A value that the schema allows, of known ids where the name is one of theirs. */
export function valueOf(schema: Schema, name: string, choice: Choice, known: Known, depth = 0): unknown {
  const { anyOf, enum: choices, properties, items } = schema;
  if (anyOf !== undefined && anyOf.length > 0) return valueOf(choice.pick(anyOf), name, choice, known, depth);
  if (choices !== undefined && choices.length > 0) return choice.pick(choices);
  const type = typeof schema.type === "string" ? schema.type : schema.type?.[0];
  const own = known[name];
  if (type === "string") return own === undefined || choice.chance(0.1) ? "a word or two" : choice.pick(own);
  if (type === "number" || type === "integer") return choice.number(50);
  if (type === "boolean") return choice.chance(0.5);
  if (type === "null") return null;
  if (type === "array")
    return depth > 3 ? [] : [valueOf(items ?? {}, name.replace(/s$/u, ""), choice, known, depth + 1)];
  if (name === "filters") return { user_id: choice.pick(known["user_id"] ?? ["ann"]) };
  if (type === "object" && properties !== undefined && Object.keys(properties).length > 0)
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([field]) => schema.required?.includes(field) === true || choice.chance(0.6))
        .map(([field, each]) => [field, valueOf(each, field, choice, known, depth + 1)]),
    );
  if (depth === 0) return {};
  if (name === "messages") return [{ role: "user", content: "I live in Oslo." }];
  return choice.pick<unknown>([{ user_id: "ann" }, {}, "text", 3]);
}
