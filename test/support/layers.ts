import { dirname, join, normalize } from "node:path";

/** What a layer of src/ may import: other layers, packages, and whether the runtime (`node:*`). */
export interface Layer {
  readonly layers: readonly string[];
  readonly packages: readonly string[] | "any";
  readonly runtime: boolean;
}

const pure = { packages: [], runtime: false } as const;
const surface = ["memory.ts", "index.ts", "config.ts", "errors.ts", "api", "domain", "client"] as const;

/** The only loose files of src/, and its folders: design in docs/decisions/0001. `.oxlintrc.json` says the same. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  "errors.ts": { layers: [], ...pure },
  domain: { layers: ["errors.ts"], ...pure },
  ports: { layers: ["domain", "errors.ts"], ...pure },
  vectors: { layers: ["errors.ts"], ...pure },
  text: { layers: ["domain", "errors.ts"], packages: ["@orama/stemmers"], runtime: false },
  prompts: { layers: ["domain", "text", "errors.ts"], packages: ["zod"], runtime: false },
  extraction: {
    layers: ["domain", "ports", "prompts", "text", "errors.ts"],
    packages: ["jsonrepair", "zod"],
    runtime: false,
  },
  retrieval: { layers: ["domain", "ports", "prompts", "text", "errors.ts"], ...pure },
  operations: {
    layers: ["domain", "ports", "prompts", "text", "vectors", "extraction", "retrieval", "errors.ts"],
    packages: ["lru-cache", "p-limit"],
    runtime: false,
  },
  adapters: { layers: ["domain", "ports", "vectors", "errors.ts"], packages: "any", runtime: true },
  api: { layers: ["domain", "errors.ts"], packages: ["zod"], runtime: false },
  "config.ts": { layers: ["domain", "ports", "errors.ts"], packages: ["zod"], runtime: false },
  "create-memory.ts": {
    layers: [
      "adapters", "api", "config.ts", "domain", "errors.ts", "extraction", "operations", "ports", "retrieval", "text", "vectors",
    ],
    packages: ["p-limit", "uuid"],
    runtime: true,
  }, // prettier-ignore
  "create-server.ts": {
    layers: ["adapters", "config.ts", "domain", "errors.ts", "server"],
    packages: [],
    runtime: true,
  },
  "memory-graph.ts": { layers: ["api", "domain", "errors.ts", "operations"], ...pure },
  "memory.ts": {
    layers: ["api", "config.ts", "create-memory.ts", "domain", "errors.ts", "memory-graph.ts", "operations", "ports"],
    packages: [],
    runtime: false,
  },
  "index.ts": {
    layers: ["api", "config.ts", "domain", "errors.ts", "memory-graph.ts", "memory.ts", "operations", "ports"],
    packages: [],
    runtime: false,
  },
  client: { layers: ["api", "domain", "errors.ts"], packages: [], runtime: false },
  server: { layers: [...surface, "mcp"], packages: "any", runtime: true },
  mcp: { layers: [...surface, "text"], packages: "any", runtime: true },
  cli: { layers: [...surface, "create-server.ts", "server", "mcp", "text"], packages: "any", runtime: true },
};

/** Everything a module imports: import and export from, `import()`, and types by `import("…")`. */
export function importedBy(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//gu, "").replaceAll(/^\s*\/\/.*$/gmu, "");
  const pattern = /(?:^\s*(?:import|export)\b[^"';]*?\bfrom\s*|^\s*import\s*|\bimport\s*\(\s*)["']([^"']+)["']/gmu;
  return [...code.matchAll(pattern)].map(([, specifier]) => specifier as string);
}

/** The layer of a path below the root: a folder of src/, or a loose file's name. */
export function layerOf(path: string): string | undefined {
  const [root, ...rest] = path.split("/");
  return root === "src" ? rest[0] : undefined;
}

/** What is wrong with the imports of one file, each as a sentence; nothing when all is well. */
export function checkImports(path: string, source: string): string[] {
  const name = layerOf(path) ?? "";
  const layer = LAYERS[name];
  if (layer === undefined) return [`${path} lies in no layer; see test/support/layers.ts`];
  return importedBy(source).flatMap((specifier) => {
    const fault = specifier.startsWith(".")
      ? relativeFault(path, name, layer, normalize(join(dirname(path), specifier)))
      : packageFault(layer, specifier);
    return fault === undefined ? [] : [`${path} imports ${specifier}: ${fault}`];
  });
}

function relativeFault(path: string, name: string, layer: Layer, target: string): string | undefined {
  const other = layerOf(target);
  if (other === undefined) return "it leaves src/";
  if (name === "adapters" && other === "adapters") {
    const [own, theirs] = [path.split("/")[2], target.split("/")[2]];
    return own === theirs ? undefined : "adapters do not import each other";
  }
  if (other === name || layer.layers.includes(other)) return undefined;
  return `${name} may import ${layer.layers.join(", ") || "nothing"}`;
}

function packageFault(layer: Layer, specifier: string): string | undefined {
  if (specifier.startsWith("node:")) return layer.runtime ? undefined : "this layer does no I/O";
  const name = specifier.startsWith("@") ? specifier.split("/", 2).join("/") : specifier.split("/", 1)[0];
  if (layer.packages === "any" || layer.packages.includes(name ?? "")) return undefined;
  return `packages here: ${layer.packages.join(", ") || "none"}`;
}
