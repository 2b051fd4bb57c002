import { valuesOf } from "./read-answer.ts";

/**
 * The objects in the list of that name in a model's answer, whatever it wraps them in; those that the answer's end cut
 * off are left out. An empty list is an answer; `undefined` is none that can be read.
 */
export function readListAnswer(answer: string, name: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  for (const { values, isCut } of valuesOf(answer)) {
    for (const { value } of values) {
      const list = Array.isArray(value) ? (value as unknown[]) : listIn(value, name);
      if (list !== undefined) return list.filter((each) => isObject(each)).filter((each) => !isCut(each));
    }
  }
  return undefined;
}

function listIn(value: unknown, name: string): unknown[] | undefined {
  if (!isObject(value)) return undefined;
  const { [name]: list } = value;
  return Array.isArray(list) ? (list as unknown[]) : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
