import { describe, expect, it } from "vitest";
import { checkUrl } from "./check-url.ts";
import { isPublicAddress } from "./public-address.ts";

describe("isPublicAddress", () => {
  it.each([
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1",
    "192.167.255.255", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e",
  ])("%s is", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  }); // prettier-ignore

  it.each([
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "168.63.129.16", "100.100.100.200",
    "::", "::1", "fe80::1", "fe80::1%lo", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8",
    "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "100::1", "5f00::1", "3fff::1",
    "", "localhost", "127.1", "0x7f.0.0.1",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  }); // prettier-ignore
});

describe("checkUrl", () => {
  it.each([
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
    "http://0x7f.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://0/",
    "http://①②⑦.0.0.1/", "http://169.254.169.254/latest/meta-data/", "https://[fd00:ec2::254]/", "http://127.0.0.1./",
  ])("refuses %s", (url) => {
    expect(() => checkUrl(url, false)).toThrow(/not a public address/u);
    expect(checkUrl(url, true).host).not.toBe("");
  }); // prettier-ignore

  it.each(["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "javascript:1", "no url", ""])(
    "refuses %j",
    (url) => {
      expect(() => checkUrl(url, true)).toThrow(/Expected an http or https URL/u);
    },
  );

  it("refuses a name and a password, and does not repeat them", () => {
    const url = Object.assign(new URL("https://example.org/"), { username: "ana", password: "hunter22" });
    expect(url.href).toContain("hunter22@");
    expect(() => checkUrl(url.href, false)).toThrow(/user name or a password/u);
    expect(() => checkUrl(url.href, false)).not.toThrow(/hunter22/u);
  });

  it("allows the private addresses that are named, and no other", () => {
    expect(checkUrl("http://10.0.0.5/", ["10.0.0.5"]).host).toBe("10.0.0.5");
    expect(() => checkUrl("http://10.0.0.6/", ["10.0.0.5"])).toThrow(/not a public address/u);
  });
});
