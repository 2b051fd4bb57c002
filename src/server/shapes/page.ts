import { invalidInput } from "../../errors.ts";

export interface Page {
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

/** `page` and `page_size` of a query or a body. @throws MemoryError `invalid_input`. */
export function readPage(page: unknown, size: unknown, defaultSize: number, maxSize: number): Page {
  return {
    page: whole(page ?? 1, "page", 1_000_000),
    size: Math.min(whole(size ?? defaultSize, "page_size", 10_000), maxSize),
  };
}

function whole(value: unknown, name: string, most: number): number {
  const number = typeof value === "string" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number) || number < 1 || number > most)
    throw invalidInput(`${name} expects a whole number from 1 to ${most}.`);
  return number;
}

/** The list of one page with absolute links to its neighbours, as Mem0's clients expect it. */
export function paginated(
  url: URL,
  { page, size }: Page,
  count: number,
  results: readonly unknown[],
): Readonly<Record<string, unknown>> {
  const link = (number: number): string => {
    const other = new URL(url);
    other.searchParams.set("page", String(number));
    other.searchParams.set("page_size", String(size));
    return other.toString();
  };
  return {
    count,
    next: page * size < count ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
    results,
  };
}
