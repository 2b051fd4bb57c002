import { fieldsOf } from "./answer-shape.ts";
import { valuesOf } from "./read-answer.ts";

export interface ReadProcedure {
  readonly goal?: string;
  readonly steps: readonly { readonly did: string; readonly result?: string }[];
  readonly state?: string;
  readonly next?: string;
}

const MAX_STEPS = 100;
const MAX_LINE = 4_000;
/** Shorter answers in plain words are a refusal more often than a procedure. */
const LEAST_PLAIN = 200;

/** A procedure, whatever its answer is wrapped in; one without steps means that there was no task. */
export function readProcedureAnswer(answer: string): ReadProcedure | undefined {
  for (const { values } of valuesOf(answer)) {
    for (const { value } of values) {
      const found = procedureOf(value, 0);
      if (found !== undefined) return found;
    }
  }
  const plain = answer.replaceAll(/^```[\w-]*\n|\n```\s*$/gu, "").trim();
  // Models that cannot write JSON write the summary itself.
  return plain.length >= LEAST_PLAIN && !/^[[{"]/u.test(plain) && /\s/u.test(plain) ? plainProcedure(plain) : undefined;
}

function procedureOf(value: unknown, depth: number): ReadProcedure | undefined {
  if (depth > 3) return undefined;
  if (Array.isArray(value) && value.length === 1) return procedureOf(value[0], depth + 1);
  const fields = fieldsOf(value);
  if (fields === undefined) return undefined;
  const steps = fields.get("steps") ?? fields.get("actions") ?? fields.get("history");
  if (Array.isArray(steps)) {
    return {
      ...line("goal", fields.get("goal") ?? fields.get("task") ?? fields.get("objective")),
      steps: (steps as unknown[]).slice(0, MAX_STEPS).flatMap(stepOf),
      ...line("state", fields.get("state") ?? fields.get("currentstate") ?? fields.get("status")),
      ...line("next", fields.get("next") ?? fields.get("nextsteps") ?? fields.get("nextstep")),
    };
  }
  for (const key of ["procedure", "memory", "summary", "text", "result"]) {
    const held = fields.get(key);
    if (typeof held === "string" && held.trim().length > 20) return plainProcedure(held.trim());
    const inner = procedureOf(held, depth + 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function plainProcedure(text: string): ReadProcedure {
  const steps = text
    .split(/\n+/u)
    .map((each) => each.replace(/^[\s>#*-]*(?:\d{1,3}[.)]\s*)?/u, "").trim())
    .filter((each) => each !== "")
    .slice(0, MAX_STEPS)
    .map((did) => ({ did: did.slice(0, MAX_LINE) }));
  return { steps };
}

function stepOf(value: unknown): { did: string; result?: string }[] {
  if (typeof value === "string") return value.trim() === "" ? [] : [{ did: value.trim().slice(0, MAX_LINE) }];
  const fields = fieldsOf(value);
  if (fields === undefined) return [];
  const { did } = line("did", fields.get("did") ?? fields.get("action") ?? fields.get("step") ?? fields.get("text"));
  if (did === undefined) return [];
  return [{ did, ...line("result", fields.get("result") ?? fields.get("outcome") ?? fields.get("output")) }];
}

function line<Key extends string>(key: Key, value: unknown): { readonly [Name in Key]?: string } {
  const parts = Array.isArray(value) ? (value as unknown[]) : [value];
  const text = parts
    .filter((part): part is string | number => typeof part === "string" || typeof part === "number")
    .join("; ")
    .replaceAll(/\s+/gu, " ")
    .trim()
    .slice(0, MAX_LINE);
  return (text === "" || /^(?:null|none|n\/a)$/iu.test(text) ? {} : { [key]: text }) as {
    readonly [Name in Key]?: string;
  };
}
