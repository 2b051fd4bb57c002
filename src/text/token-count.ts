/**
 * About how many tokens a model reads in a text: a quarter of the characters, and one for each Chinese, Japanese or
 * Korean character. For ASCII text exactly `Math.ceil(text.length / 4)`.
 */
export function countTokens(text: string): number {
  let wide = 0;
  let wideUnits = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x1100) continue;
    if (isWide(code)) {
      wide += 1;
      wideUnits += 1;
    } else if (code >= 0xd840 && code <= 0xd88d && index + 1 < text.length) {
      wide += 1;
      wideUnits += 2;
      index += 1;
    }
  }
  return wide + Math.ceil((text.length - wideUnits) / 4);
}

function isWide(code: number): boolean {
  return (
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xffef) ||
    (code >= 0x1100 && code <= 0x11ff)
  );
}
