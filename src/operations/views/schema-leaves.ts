import { propertiesOf, resolveSchema, typeOf } from "../../domain/json-schema.ts";
import type { JsonSchema } from "../../domain/json-schema.ts";

/** A property that is filled as a whole: no object with properties of its own. */
export interface SchemaLeaf {
  readonly name: string;
  /** "address.city". */
  readonly path: string;
  readonly schema: JsonSchema;
  readonly type: string;
}

const MAX_DEPTH = 8;
/** Most properties that are filled: each looks at every memory. */
const MAX_PROPERTIES = 200;

interface Node {
  readonly name: string;
  /** What is below it; undefined in a leaf. */
  readonly members?: readonly Node[];
  readonly leaf?: SchemaLeaf;
}

/** The properties of a schema and how to put their values together again. */
export interface SchemaTree {
  readonly leaves: readonly SchemaLeaf[];
  /** The object after the schema. What has no value is the schema's default, else null or an empty list. */
  build(values: ReadonlyMap<SchemaLeaf, unknown>): Readonly<Record<string, unknown>>;
}

export function schemaTree(root: JsonSchema): SchemaTree {
  const leaves: SchemaLeaf[] = [];
  const nodes = readMembers(resolveSchema(root, root), root, "", 0, { left: MAX_PROPERTIES, leaves });
  return { leaves, build: (values) => buildObject(nodes, values) };
}

function readMembers(
  schema: JsonSchema,
  root: JsonSchema,
  path: string,
  depth: number,
  work: { left: number; readonly leaves: SchemaLeaf[] },
): readonly Node[] {
  const nodes: Node[] = [];
  for (const [name, given] of propertiesOf(schema)) {
    if (work.left <= 0) break;
    work.left -= 1;
    const property = resolveSchema(given, root);
    const own = path === "" ? name : `${path}.${name}`;
    const type = typeOf(property);
    if (type === "object" && propertiesOf(property).length > 0) {
      nodes.push({ name, members: depth >= MAX_DEPTH ? [] : readMembers(property, root, own, depth + 1, work) });
      continue;
    }
    const leaf: SchemaLeaf = { name, path: own, schema: property, type };
    work.leaves.push(leaf);
    nodes.push({ name, leaf });
  }
  return nodes;
}

function buildObject(nodes: readonly Node[], values: ReadonlyMap<SchemaLeaf, unknown>): Record<string, unknown> {
  // No assignment: "__proto__" is a name like any other.
  return Object.fromEntries(
    nodes.map(({ name, members, leaf }) => [
      name,
      leaf === undefined ? buildObject(members ?? [], values) : (values.get(leaf) ?? emptyValue(leaf)),
    ]),
  );
}

function emptyValue({ schema, type }: SchemaLeaf): unknown {
  if (schema["const"] !== undefined) return schema["const"];
  if (type === "array") return Array.isArray(schema["default"]) ? schema["default"] : [];
  return schema["default"] ?? (type === "object" ? {} : null);
}
