import { describe, expect, it } from "vitest";
import { inFirstPerson, ownThings, readClauses } from "./read-clauses.ts";

/** "self", "back", "none", or the words of another subject; "!" for a person. */
function subjects(text: string): readonly string[] {
  return readClauses(inFirstPerson(text, null)).map(({ subject, words, isPerson }) =>
    subject === "other" ? `${words.join(" ")}${isPerson ? "!" : ""}` : subject,
  );
}

describe("readClauses", () => {
  it.each([
    ["Sold the Trek, my bike is a Canyon now.", ["self", "bike"]],
    ["My sister's dentist is Dr Reyes now.", ["sister dentist!"]],
    ["The build server was upgraded to Rocky.", ["build server"]],
    ["My nephew changed schools, he's at Parkfield.", ["nephew!", "back"]],
    ["The venue's Thornbury Barn now", ["venue"]],
    ["Dad's driving a taxi.", ["dad!"]],
    ["Prof. Okafor took a post abroad, so Prof. Hartmann took me over.", ["prof okafor!", "prof hartmann!"]],
    ["After talking to my advisor the thesis will be about kelp.", ["thesis"]],
    ["Permit came through, so that's where I park.", ["permit!", "back"]],
    ["Down to 79 kilos this morning!", ["none"]],
    ["From January I bill 75 an hour.", ["self"]],
    ["User and others changed the tap", ["self"]],
    ["User's van is a Transit", ["van"]],
    ["", []],
  ])("%s", (text, expected) => expect(subjects(text)).toEqual(expected));

  it("knows whose a thing is", () => {
    const [clause] = readClauses("Kate's therapist left");
    expect(clause).toMatchObject({ possessor: "kate", isPerson: true });
    expect(readClauses("Their sprint went to three weeks")[0]?.isOthers).toBe(true);
  });

  it("takes the speaker's own name for the speaker", () => {
    expect(inFirstPerson("Nora's car is red, Nora and others drove it, and Tom saw Nora", "Nora")).toBe(
      "my car is red, we drove it, and Tom saw I",
    );
  });

  it("finds what is called my or our", () => {
    expect(ownThings("Our mortgage rate went up and my bike is gone")).toEqual(["mortgage rate", "bike"]);
  });

  it("is linear", () => {
    const started = performance.now();
    readClauses("the a ".repeat(20_000));
    readClauses("Ben's ".repeat(20_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
