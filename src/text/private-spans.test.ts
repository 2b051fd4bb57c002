import { describe, expect, it } from "vitest";
import { dropPrivateSpans } from "./private-spans.ts";

describe("dropPrivateSpans", () => {
  it.each([
    ["I live in Bonn. <private>My salary is 5.</private> I like tea.", "I live in Bonn. I like tea.", 1],
    ["a <PRIVATE>x</Private> b", "a b", 1],
    ["a <private>x <private>y</private> z</private> b", "a b", 1],
    ["a <private>x</private>, b <private>y</private>.", "a, b.", 2],
    ['a <private reason="a>b">x</private> b', "a b", 1],
    ["a <private note='<b>'\n kind=x>y</private> b", "a b", 1],
    ["a <private>never closed\nand more", "a", 1],
    ["a <private>x <private>y</private> still inside", "a", 1],
    ["a <private", "a", 1],
    ["a < private >x< / private > b", "a b", 1],
    ["a &lt;private&gt;x&lt;/private&gt; b", "a b", 1],
    ["a <private/> b", "a b", 0],
    ["a </private> b", "a b", 0],
    ["<private>all of it</private>", "", 1],
    ["one\n\n<private>\nx\n</private>\n\ntwo", "one\n\ntwo", 1],
    ["one\n<private>x</private>\n  two", "one\n  two", 1],
    ["foo<private>x</private>bar", "foobar", 1],
    ["<privately> is another word, so is <privates>", "<privately> is another word, so is <privates>", 0],
    ["private talk, if (a < b) private = 1", "private talk, if (a < b) private = 1", 0],
    ["", "", 0],
    ["  kept as it is  ", "  kept as it is  ", 0],
  ])("%j becomes %j", (text, expected, dropped) => {
    expect(dropPrivateSpans(text)).toEqual({ text: expected, dropped });
  });

  it.each([
    "<private>",
    "<private ",
    "</private>",
    "<",
    "<private>x</private> ",
    "word <private>x</private> ",
    "< / ",
    "&lt;",
    "<private/>",
    " \n",
  ])("finishes on a megabyte of %j", (piece) => {
    const { text } = dropPrivateSpans(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    expect(/<private[\s>]/.test(text)).toBe(false);
  });

  it("leaves nothing of any private part in generated texts", () => {
    for (let index = 0; index < 300; index += 1) {
      const open = ["<private>", "<Private id=1>", "<PRIVATE\n>"][index % 3] ?? "";
      const inner = index % 5 === 0 ? `${open}SECRET</private> SECRET` : "SECRET";
      const close = index % 7 === 0 ? "" : "</private>";
      const { text, dropped } = dropPrivateSpans(`before ${open}${inner}${close} after`);
      expect(text).toBe(close === "" ? "before" : "before after");
      expect(dropped).toBe(1);
    }
  });
});
