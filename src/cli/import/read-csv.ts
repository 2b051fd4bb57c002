import { invalidInput } from "../../errors.ts";

/** Rows by the names of the first line, as RFC 4180 has them: quotes, doubled quotes, line feeds inside. */
export function readCsv(text: string, where: string): Record<string, string>[] {
  const [head, ...rows] = cells(text, where);
  if (head === undefined) return [];
  return rows
    .filter((row) => row.some((cell) => cell !== ""))
    .map((row) => Object.fromEntries(head.map((name, index) => [name.trim(), row[index] ?? ""])));
}

/** The names in the first line. */
export function csvHeader(head: string): readonly string[] {
  const line = /^[^\r\n]{0,2000}/u.exec(head)?.[0] ?? "";
  return line.split(",").map((name) => name.trim().replaceAll('"', ""));
}

function cells(text: string, where: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let index = 0; index <= text.length;) {
    if (text[index] === '"') {
      const { value, end } = quoted(text, index, where);
      row.push(value);
      index = end;
    } else {
      const end = endOfCell(text, index);
      row.push(text.slice(index, end));
      index = end;
    }
    if (text[index] === ",") index += 1;
    else {
      rows.push(row);
      row = [];
      index += text[index] === "\r" && text[index + 1] === "\n" ? 2 : 1;
    }
  }
  return rows;
}

function endOfCell(text: string, start: number): number {
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === "," || character === "\n" || character === "\r") return index;
  }
  return text.length;
}

function quoted(text: string, start: number, where: string): { readonly value: string; readonly end: number } {
  const parts: string[] = [];
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) throw invalidInput(`${where} is no CSV: a quote is opened and never closed.`);
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { value: parts.join('"'), end: endOfCell(text, quote + 1) };
    from = quote + 2;
  }
}
