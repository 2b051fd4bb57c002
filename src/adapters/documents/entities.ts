const NAMED: Readonly<Record<string, string>> = {
  __proto__: null as never,
  amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ensp: " ", emsp: " ", thinsp: " ", shy: "", zwnj: "",
  copy: "©", reg: "®", trade: "™", deg: "°", para: "¶", sect: "§", middot: "·", bull: "•", hellip: "…", ndash: "–",
  mdash: "—", lsquo: "‘", rsquo: "’", sbquo: "‚", ldquo: "“", rdquo: "”", bdquo: "„", laquo: "«", raquo: "»",
  lsaquo: "‹", rsaquo: "›", euro: "€", pound: "£", yen: "¥", cent: "¢", times: "×", divide: "÷", plusmn: "±",
  frac12: "½", frac14: "¼", frac34: "¾", sup2: "²", sup3: "³", micro: "µ", iexcl: "¡", iquest: "¿", ordf: "ª",
  ordm: "º", rarr: "→", larr: "←", uarr: "↑", darr: "↓", check: "✓", szlig: "ß", AElig: "Æ", aelig: "æ", OElig: "Œ",
  oelig: "œ", Oslash: "Ø", oslash: "ø", Aring: "Å", aring: "å", Ccedil: "Ç", ccedil: "ç", ETH: "Ð", eth: "ð",
  THORN: "Þ", thorn: "þ", Scaron: "Š", scaron: "š",
}; // prettier-ignore

/** Marks that are set on a letter: `eacute` is e with an acute. */
const MARKS: Readonly<Record<string, string>> = {
  grave: "\u0300",
  acute: "\u0301",
  circ: "\u0302",
  tilde: "\u0303",
  uml: "\u0308",
  caron: "\u030C",
};

const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,15}));/gu;

/** Text with its character references resolved; unknown ones stay as written. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(ENTITY, (whole, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? markedLetter(name) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : "\u{FFFD}";
  });
}

function markedLetter(name: string): string | undefined {
  const mark = MARKS[name.slice(1)];
  return mark === undefined ? undefined : `${name[0] ?? ""}${mark}`.normalize("NFC");
}
