import { thingOf } from "./things.ts";

/** What a noun phrase is about, without what some other rule may say of it: "schedule:barbecue" is the barbecue. */
export function thingBase(phrase: string): string | undefined {
  const base = thingOf(phrase)?.attribute.replace(/^(?:schedule|price|status|deadline|favorite|name|end):/u, "");
  return base === undefined || base === "" || base.length > 50 ? undefined : base;
}

export function placeAttribute(base: string): string {
  return `location:${base}`;
}

/** "runs on the side project" is where the side project runs: `run on:side project`. */
export function frameAttribute(verb: string, particles: string, base: string): string {
  // "Is done through" and "goes through" are one way.
  const name = `${verb} ${particles}`
    .replaceAll(/\s+/gu, " ")
    .trim()
    .replace(/^(?:do|go|run|happen|handle|ship|make|send) (?:through|via)$/u, "go through")
    .replace(/^(meet|practise|practice|rehearse|train|sleep|sit|gather|play) (?:in|on)$/u, "$1 at");
  return base === "" ? name : `${name}:${base}`;
}
