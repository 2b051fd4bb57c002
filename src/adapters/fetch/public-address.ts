import { BlockList, isIP, isIPv6 } from "node:net";

/** Networks that are nobody's on the public Internet (IANA special-purpose registries). */
const CLOSED_IPV4 = [
  "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
  "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
  "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
  // Metadata and platform services of clouds that stand on public numbers.
  "168.63.129.16/32", "100.100.100.200/32",
]; // prettier-ignore

/** Of IPv6 only 2000::/3 is given out; these parts of it are not ends of their own, or carry another address within. */
const CLOSED_IPV6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48"];

const closed = new BlockList();
for (const network of CLOSED_IPV4) addNetwork(closed, network, "ipv4");
for (const network of CLOSED_IPV6) addNetwork(closed, network, "ipv6");
const given = new BlockList();
addNetwork(given, "2000::/3", "ipv6");

function addNetwork(list: BlockList, network: string, family: "ipv4" | "ipv6"): void {
  const [address = "", prefix = ""] = network.split("/");
  list.addSubnet(address, Number(prefix), family);
}

/**
 * Whether an IP address is a public one. Mapped, translated (NAT64) and tunnelled forms of IPv4 lie outside what is
 * given out in IPv6 or in a closed part of it, so they are not public, whatever they carry.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  // A zone ("fe80::1%eth0") names a link of this machine.
  if (address.includes("%")) return false;
  if (isIPv6(address)) return given.check(address, "ipv6") && !closed.check(address, "ipv6");
  return !closed.check(address, "ipv4");
}
