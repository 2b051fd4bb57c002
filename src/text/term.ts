/** Most UTF-16 units of a term. */
export const MAX_TERM_LENGTH = 64;

/** A longer term keeps its beginning and a hash of the whole, so that equal long terms still meet. */
export function clipTerm(term: string): string {
  if (term.length <= MAX_TERM_LENGTH) return term;
  const end = MAX_TERM_LENGTH - 9;
  const last = term.charCodeAt(end - 1);
  return `${term.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end)}_${hashHex(term)}`;
}

/** FNV-1a, 32 bits: stable between versions and platforms, which is all that is asked of it. */
function hashHex(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
