import { isIP } from "node:net";
import { invalidInput } from "../../errors.ts";
import { isPublicAddress } from "./public-address.ts";

/** Addresses beyond the public ones: none, all, or these, each written as an IP address. */
export type PrivateAddresses = boolean | readonly string[];

const MAX_URL_CHARACTERS = 8192;

/**
 * An http or https URL as it may be asked for. The URL parser has brought odd notations of an address (0x7f.1,
 * 2130706433, full-width digits) into the usual one by then.
 * @throws MemoryError `invalid_input`.
 */
export function checkUrl(input: string | URL, allowed: PrivateAddresses): URL {
  const text = String(input);
  if (text.length > MAX_URL_CHARACTERS)
    throw invalidInput(`A URL has at most ${MAX_URL_CHARACTERS} characters, this one has ${text.length}.`);
  if (!URL.canParse(text)) throw invalidInput("Expected an http or https URL, got something that is no URL.");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw invalidInput(`Expected an http or https URL, got one with "${url.protocol}".`);
  if (url.username !== "" || url.password !== "")
    throw invalidInput("The URL holds a user name or a password. Leave them out: they would be stored and sent.");
  const host = hostOf(url);
  if (isIP(host) !== 0) checkAddress(host, host, allowed);
  return url;
}

/** The host without the brackets of IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
}

/** @throws MemoryError `invalid_input` when the address is neither public nor allowed. */
export function checkAddress(address: string, host: string, allowed: PrivateAddresses): void {
  if (allowed === true || isPublicAddress(address)) return;
  if (Array.isArray(allowed) && allowed.includes(address)) return;
  const place = address === host ? address : `${host} (${address})`;
  throw invalidInput(
    `${place} is not a public address. Only public addresses are asked, unless allowPrivateAddresses allows it.`,
    { host, address },
  );
}
