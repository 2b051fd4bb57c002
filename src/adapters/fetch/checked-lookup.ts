import { lookup } from "node:dns";
import type { LookupAddress } from "node:dns";
import { isIPv6 } from "node:net";
import type { LookupFunction } from "node:net";
import { callbackify } from "node:util";
import { checkAddress } from "./check-url.ts";
import type { PrivateAddresses } from "./check-url.ts";

/** All addresses of a host name; rejects when there is none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export const resolveHost: ResolveHost = (host) =>
  new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, addresses) => {
      if (error === null) resolve(addresses.map(({ address }) => address));
      else reject(error);
    });
  });

/**
 * A look-up for a connection: the very addresses that were checked are the ones that are connected to, so a name that
 * answers otherwise the next time gains nothing. One address that may not be reached refuses the name.
 */
export function checkedLookup(resolve: ResolveHost, allowed: PrivateAddresses): LookupFunction {
  const find = callbackify(findAddresses);
  return (host, options, callback) => {
    find(resolve, host, allowed, (error, found) => {
      const [first] = found ?? [];
      if (error !== null || first === undefined) callback(error ?? new Error(`${host} has no address`), []);
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

async function findAddresses(resolve: ResolveHost, host: string, allowed: PrivateAddresses): Promise<LookupAddress[]> {
  const addresses = await resolve(host);
  if (addresses.length === 0) throw Object.assign(new Error(`${host} has no address`), { code: "ENOTFOUND" });
  for (const address of addresses) checkAddress(address, host, allowed);
  return addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
}
