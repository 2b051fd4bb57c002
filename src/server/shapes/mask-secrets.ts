const SECRET_NAME = /key|token|secret|password|credential|authorization|cookie/iu;
/** Names that only look like it: budgets and prices count tokens. */
const COUNTED = /tokens$/iu;
const MAX_DEPTH = 6;

/** Settings as an administrator may see them: what may be a secret is starred, objects of programs are named. */
export function maskSecrets(value: unknown, name = "", depth = 0): unknown {
  if (typeof value === "string") {
    if (SECRET_NAME.test(name) && !COUNTED.test(name)) return value === "" ? "" : "***";
    return maskUrl(value);
  }
  if (typeof value !== "object" || value === null) return typeof value === "function" ? "[function]" : value;
  if (depth >= MAX_DEPTH) return "[…]";
  if (Array.isArray(value)) return value.map((each: unknown) => maskSecrets(each, name, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return "[object]";
  const isHeaders = /headers$/iu.test(name);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, isHeaders ? "***" : maskSecrets(each, key, depth + 1)]),
  );
}

/** A user name and password in an address, and what its query says. */
function maskUrl(text: string): string {
  if (!/^[a-z][a-z\d+.-]*:\/\//iu.test(text) || !URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.username === "" && url.password === "" && url.search === "") return text;
  if (url.username !== "" || url.password !== "") {
    url.username = "***";
    url.password = "";
  }
  if (url.search !== "") url.search = "?***";
  return url.toString();
}
