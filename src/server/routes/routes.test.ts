import { expect, it } from "vitest";
import { ROUTES } from "./routes.ts";

it("no two routes answer to the same address, or bear the same name", () => {
  const addresses = ROUTES.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/gu, "{}")}`);
  const names = ROUTES.map(({ operation }) => operation);
  for (const list of [addresses, names]) expect(list.filter((each, place) => list.indexOf(each) !== place)).toEqual([]);
});
