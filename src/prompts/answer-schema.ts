type Schema = Readonly<Record<string, unknown>>;

/** An object within what strict structured output allows: every key required, none besides. */
export function strictObject(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** An answer that is one list of objects, under a name. */
export function listAnswer(name: string, element: Readonly<Record<string, Schema>>): Schema {
  return strictObject({ [name]: { type: "array", items: strictObject(element) } });
}
