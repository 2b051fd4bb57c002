import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

type Value = unknown;
interface Frame {
  readonly dot: Value;
  readonly root: Value;
  readonly variables: Map<string, Value>;
}
type Node =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "action"; readonly code: string }
  | { readonly type: "if" | "with"; readonly code: string; readonly body: Node[]; readonly otherwise: Node[] };

/**
 * Renders a chart as Helm does, as far as our templates go: if, else, with, define, variables, pipelines and the
 * functions below. An unknown function is an error, so that the check cannot pass by leaving something out.
 */
export function renderChart(folder: string, values: object = {}): Record<string, Value> {
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const chart = parse(read("Chart.yaml")) as Record<string, Value>;
  const root = {
    Values: merge(parse(read("values.yaml")), values),
    Chart: Object.fromEntries(
      Object.entries(chart).map(([name, value]) => [name[0]?.toUpperCase() + name.slice(1), value]),
    ),
    Release: { Name: "demo", Namespace: "ns", Service: "Helm" },
    Template: { BasePath: "templates" },
  };
  const renderer = new Renderer(folder, root);
  const names = globSync("templates/*.yaml", { cwd: folder }).toSorted();
  return Object.fromEntries(
    names.map((name) => [name.replace("templates/", ""), parse(renderer.renderFile(name)) as Value]),
  );
}

class Renderer {
  readonly #folder: string;
  readonly #root: Value;
  readonly #defined = new Map<string, Node[]>();

  constructor(folder: string, root: Value) {
    this.#folder = folder;
    this.#root = root;
    this.#parse(readFileSync(join(folder, "templates/_helpers.tpl"), "utf8"));
  }

  renderFile(name: string): string {
    const nodes = this.#parse(readFileSync(join(this.#folder, name), "utf8"));
    return this.#render(nodes, { dot: this.#root, root: this.#root, variables: new Map() });
  }

  #parse(source: string): Node[] {
    const tokens = source.split(/(\{\{-?[\s\S]*?-?\}\})/u);
    for (const [index, token] of tokens.entries()) {
      if (!token.startsWith("{{")) continue;
      if (token.startsWith("{{-")) tokens[index - 1] = (tokens[index - 1] ?? "").trimEnd();
      if (token.endsWith("-}}")) tokens[index + 1] = (tokens[index + 1] ?? "").trimStart();
    }
    const top: Node[] = [];
    const open: { list: Node[]; node?: Node }[] = [{ list: top }];
    for (const token of tokens) {
      const list = open.at(-1)?.list ?? top;
      const code = /^\{\{-?\s*([\s\S]*?)\s*-?\}\}$/u.exec(token)?.[1];
      if (code === undefined) {
        if (token !== "") list.push({ type: "text", text: token });
        continue;
      }
      const [word = "", ...rest] = code.split(" ");
      const last = open.at(-1)?.node;
      if (word === "define") {
        const body: Node[] = [];
        this.#defined.set(JSON.parse(rest.join(" ")) as string, body);
        open.push({ list: body });
      } else if (word === "if" || word === "with") {
        const node: Node = { type: word, code: rest.join(" "), body: [], otherwise: [] };
        list.push(node);
        open.push({ list: node.body, node });
      } else if (word === "else" && last !== undefined && "otherwise" in last) {
        open.pop();
        open.push({ list: last.otherwise, node: last });
      } else if (word === "end") open.pop();
      else list.push({ type: "action", code });
    }
    if (open.length !== 1) throw new Error("A block is not closed.");
    return top;
  }

  #render(nodes: readonly Node[], frame: Frame): string {
    return nodes
      .map((node) => {
        if (node.type === "text") return node.text;
        if (node.type === "action") return this.#act(node.code, frame);
        const value = this.#evaluate(node.code, frame);
        if (!isTrue(value)) return this.#render(node.otherwise, frame);
        return this.#render(node.body, node.type === "with" ? { ...frame, dot: value } : frame);
      })
      .join("");
  }

  #act(code: string, frame: Frame): string {
    const assigned = /^\$(\w+)\s*:=\s*([\s\S]+)$/u.exec(code);
    if (assigned !== null) {
      frame.variables.set(assigned[1] ?? "", this.#evaluate(assigned[2] ?? "", frame));
      return "";
    }
    const value = this.#evaluate(code, frame);
    return value === undefined || value === null ? "" : String(value);
  }

  #evaluate(code: string, frame: Frame): Value {
    const tokens = code.match(/"(?:[^"\\]|\\.)*"|[()|]|[^\s()|]+/gu) ?? [];
    let place = 0;
    const pipeline = (): Value => {
      let value = command([]);
      while (tokens[place] === "|") {
        place += 1;
        value = command([value]);
      }
      return value;
    };
    const command = (piped: readonly Value[]): Value => {
      const head = tokens[place] ?? "";
      if (!/^[a-z]\w*$/iu.test(head)) return argument();
      place += 1;
      const given: Value[] = [];
      while (place < tokens.length && tokens[place] !== "|" && tokens[place] !== ")") given.push(argument());
      return this.#call(head, [...given, ...piped], frame);
    };
    const argument = (): Value => {
      const token = tokens[place] ?? "";
      place += 1;
      if (token === "(") {
        const value = pipeline();
        place += 1;
        return value;
      }
      if (token.startsWith('"')) return JSON.parse(token) as string;
      if (/^-?\d+$/u.test(token)) return Number(token);
      return lookUp(token, frame);
    };
    return pipeline();
  }

  #call(name: string, given: readonly Value[], frame: Frame): Value {
    if (name === "include") {
      const [template, dot] = given as [string, Value];
      const path = template.startsWith("templates/") ? template : undefined;
      if (path !== undefined) return this.renderFile(path);
      const nodes = this.#defined.get(template);
      if (nodes === undefined) throw new Error(`There is no template ${template}.`);
      return this.#render(nodes, { dot, root: frame.root, variables: new Map() });
    }
    const work = FUNCTIONS[name];
    if (work === undefined) throw new Error(`The function ${name} is not known here.`);
    return work(...given);
  }
}

const FUNCTIONS: Readonly<Record<string, (...given: Value[]) => Value>> = {
  default: (fallback, value) => (isTrue(value) ? value : fallback),
  trunc: (length, text) => String(text).slice(0, Number(length)),
  trimSuffix: (suffix, text) => {
    const whole = String(text);
    return whole.endsWith(String(suffix)) ? whole.slice(0, whole.length - String(suffix).length) : whole;
  },
  contains: (part, text) => String(text).includes(String(part)),
  printf: (format, ...parts) => parts.reduce<string>((text, part) => text.replace("%s", String(part)), String(format)),
  print: (...parts) => parts.map(String).join(""),
  replace: (from, to, text) => String(text).replaceAll(String(from), String(to)),
  quote: (text) => JSON.stringify(String(text)),
  nindent: (width, text) => `\n${String(text).replaceAll(/^/gmu, " ".repeat(Number(width)))}`,
  toYaml: (value) => stringify(value, { lineWidth: 0 }).trimEnd(),
  required: (message, value) => {
    if (!isTrue(value)) throw new Error(String(message));
    return value;
  },
  sha256sum: (text) => createHash("sha256").update(String(text)).digest("hex"),
  and: (...parts) => parts.find((part) => !isTrue(part)) ?? parts.at(-1),
  or: (...parts) => parts.find(isTrue) ?? parts.at(-1),
  not: (value) => !isTrue(value),
};

function lookUp(token: string, { dot, root, variables }: Frame): Value {
  if (token === ".") return dot;
  const parts = token.split(".");
  const [first = ""] = parts;
  const start = first === "" ? dot : first === "$" ? root : variables.get(first.slice(1));
  return parts.slice(1).reduce<Value>((value, name) => (value as Record<string, Value> | undefined)?.[name], start);
}

/** As Go has it: empty texts, lists and maps are false, and so is 0. */
function isTrue(value: Value): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== "" && value !== 0 && value !== false;
}

/** Maps are merged, everything else is replaced. */
function merge(base: Value, over: Value): Value {
  const isMap = (value: Value): value is Record<string, Value> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isMap(base) || !isMap(over)) return over;
  const names = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries(
    [...names].map((name) => [name, name in over ? merge(base[name], over[name]) : base[name]]),
  );
}
