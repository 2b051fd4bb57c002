export function writeImport(_store: unknown, _lines: unknown): { imported: number; skipped: number } {
  return { imported: 0, skipped: 0 };
}
