import { spawn } from "node:child_process";
import { existsSync, globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readServerSettings, SETTING_VARIABLES } from "../src/cli/server-settings.ts";
import { ROUTES } from "../src/server/routes/routes.ts";
import { read, root } from "./support/project-files.ts";
import { renderChart } from "./support/render-helm.ts";
import { startTestServer } from "./support/test-server.ts";

// No Docker and no cluster here: what can be read wrong is read, and what names the server is compared with it.
const CHART = join(root, "deploy/helm/recollect");
const PORT = Number(/\bport: (\d[\d_]*)/u.exec(read("src/create-server.ts"))?.[1]?.replaceAll("_", ""));
const PATIENCE_S = Number(/PATIENCE_MS = ([\d_]+)/u.exec(read("src/server/serve.ts"))?.[1]?.replaceAll("_", "")) / 1000;
const BIN = (JSON.parse(read("package.json")) as { bin: { recollect: string } }).bin.recollect.replace("./", "");
const VARIABLES = new Set([...Object.values(SETTING_VARIABLES), "RECOLLECT_CONFIG"]);
const scratch = mkdtempSync(join(tmpdir(), "recollect-deploy-"));

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

/** The RECOLLECT_ names of a text that no setting has; those of the deployment's own files are named. */
function unknownVariables(text: string, ...own: readonly string[]): string[] {
  const names = text.match(/\bRECOLLECT_[A-Z_]*[A-Z]\b/gu) ?? [];
  return names.filter((name) => !VARIABLES.has(name) && !own.includes(name));
}

test("what is compared was found", () => {
  expect({ PORT, PATIENCE_S, BIN }).toEqual({ PORT: 8420, PATIENCE_S: 10, BIN: "dist/bin.js" });
  expect(unknownVariables("RECOLLECT_PROT=1")).toEqual(["RECOLLECT_PROT"]);
});

describe("the image", () => {
  const lines = read("deploy/Dockerfile")
    .replaceAll(/^#.*\n/gmu, "")
    .replaceAll(/\\\n\s*/gu, "")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const instructions = lines.map((line) => {
    const [name = "", ...rest] = line.split(" ");
    return { name, rest: rest.join(" ").trim() };
  });
  const lastStage = instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));
  const only = (name: string): string => {
    const found = lastStage.filter((each) => each.name === name);
    expect(found).toMatchObject([{ name }]);
    return found[0]?.rest ?? "";
  };
  const environment = Object.fromEntries(
    [...only("ENV").matchAll(/(\w+)=(\S+)/gu)].map(([, name = "", value = ""]) => [name, value]),
  );

  test("has known instructions only, and a base that runs this package", () => {
    const known = /^(?:ARG|FROM|WORKDIR|ENV|COPY|RUN|LABEL|USER|VOLUME|EXPOSE|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD)$/u;
    expect(instructions.filter(({ name }) => !known.test(name))).toEqual([]);
    const base = /^NODE_IMAGE=node:(\d+)-bookworm-slim$/u.exec(instructions[0]?.rest ?? "");
    const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
    expect(engines.node).toContain(`>=${base?.[1]}`);
    expect(instructions.filter(({ name }) => name === "FROM").map(({ rest }) => rest)).toEqual([
      "${NODE_IMAGE} AS build",
      "${NODE_IMAGE}",
    ]);
  });

  test("runs as nobody of importance, on a folder of its own", () => {
    expect(only("USER")).toBe("1000:1000");
    expect(only("VOLUME")).toBe(environment["RECOLLECT_DATA"]);
    expect(only("RUN")).toContain(`chown 1000:1000 ${environment["RECOLLECT_DATA"]}`);
    expect(lastStage.findIndex(({ name }) => name === "RUN")).toBeLessThan(
      lastStage.findIndex(({ name }) => name === "USER"),
    );
    expect(only("STOPSIGNAL")).toBe("SIGTERM");
  });

  test("names the port, the program and the variables of the server", () => {
    expect(only("EXPOSE")).toBe(String(PORT));
    expect(environment).toMatchObject({ RECOLLECT_PORT: String(PORT), RECOLLECT_HOST: "0.0.0.0" });
    expect(unknownVariables(read("deploy/Dockerfile"))).toEqual([]);
    expect(JSON.parse(only("ENTRYPOINT"))).toEqual(["node", `/app/${BIN}`]);
    expect(JSON.parse(only("CMD"))).toEqual(["serve"]);
  });

  test("copies what is there and what the ignore file lets through", () => {
    const patterns = read("deploy/Dockerfile.dockerignore").split("\n");
    const sources = instructions
      .filter(({ name, rest }) => name === "COPY" && !rest.startsWith("--from"))
      .flatMap(({ rest }) => rest.split(" ").slice(0, -1));
    expect(sources.length).toBeGreaterThan(4);
    expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
    expect(sources.filter((source) => !patterns.includes(`!${source}`))).toEqual([]);
    expect(patterns.find((line) => line !== "" && !line.startsWith("#"))).toBe("*");
  });

  test("its health check tells a server that answers from one that does not", async () => {
    const command = JSON.parse(only("HEALTHCHECK").replace(/^.*?CMD /u, "")) as string[];
    expect(command[0]).toBe("node");
    const check = async (port: string): Promise<number | null> => {
      const child = spawn(process.execPath, command.slice(1), { env: { ...process.env, RECOLLECT_PORT: port } });
      return await new Promise((resolve) => child.on("close", resolve));
    };
    const server = await startTestServer();
    const { port } = new URL(server.url);
    expect(await check(port)).toBe(0);
    await server.remove();
    expect(await check(port)).toBe(1);
  });
});

describe("the compose file", () => {
  const text = read("deploy/docker-compose.yml");
  const { services, volumes } = parse(text) as {
    services: { recollect: Record<string, unknown> };
    volumes: Record<string, unknown>;
  };
  const service = services.recollect;

  test("shuts the container in", () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      build: { context: "..", dockerfile: "deploy/Dockerfile" },
    });
    expect(Number.parseInt(String(service["stop_grace_period"]), 10)).toBeGreaterThan(PATIENCE_S);
  });

  test("publishes the server's port on this machine alone, and keeps its folder", () => {
    expect(service["ports"]).toEqual([`127.0.0.1:\${RECOLLECT_PUBLISHED_PORT:-${PORT}}:${PORT}`]);
    expect(service["volumes"]).toEqual(["data:/data"]);
    expect(Object.keys(volumes)).toEqual(["data"]);
    expect(unknownVariables(text, "RECOLLECT_IMAGE", "RECOLLECT_PUBLISHED_PORT")).toEqual([]);
  });

  test("an empty variable is a setting that was not made", async () => {
    const { options } = await readServerSettings({}, { RECOLLECT_LLM: "", RECOLLECT_PORT: "" });
    expect(options).toMatchObject({ memory: {} });
    expect(options.port).toBeUndefined();
  });
});

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Record<string, never>;
  readonly data: Record<string, string>;
}

interface Deployment {
  readonly replicas: number;
  readonly strategy: object;
  readonly selector: { readonly matchLabels: object };
  readonly template: {
    readonly metadata: { readonly labels: object };
    readonly spec: {
      readonly securityContext: object;
      readonly terminationGracePeriodSeconds: number;
      readonly containers: readonly Container[];
      readonly volumes: readonly { readonly name: string }[];
      readonly automountServiceAccountToken: boolean;
    };
  };
}

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom?: readonly object[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
}

function chart(values: object = {}): Record<string, Manifest | null> {
  return renderChart(CHART, values) as Record<string, Manifest | null>;
}

function deploymentOf(values: object = {}): { spec: Deployment; container: Container } {
  const spec = chart(values)["deployment.yaml"]?.spec as unknown as Deployment;
  return { spec, container: spec.template.spec.containers[0] as Container };
}

describe("the chart", () => {
  test("by default: a claim, a config, a service, one replica, a policy; no secret, no ingress", () => {
    const kinds = Object.entries(chart()).map(([file, manifest]) => [file, manifest?.kind]);
    expect(Object.fromEntries(kinds)).toEqual({
      "configmap.yaml": "ConfigMap",
      "deployment.yaml": "Deployment",
      "ingress.yaml": undefined,
      "networkpolicy.yaml": "NetworkPolicy",
      "pvc.yaml": "PersistentVolumeClaim",
      "secret.yaml": undefined,
      "service.yaml": "Service",
    });
    expect(globSync("templates/*.yaml", { cwd: CHART }).length).toBe(kinds.length);
  });

  test("one process for the folder: never two at a time, and time to end", () => {
    const { spec } = deploymentOf();
    expect(spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } });
    expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(PATIENCE_S);
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  });

  test("the pod has no rights, and writes to its volume and /tmp alone", () => {
    const { spec, container } = deploymentOf();
    const pod = spec.template.spec;
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      fsGroup: 1000,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(["/data", "/etc/recollect", "/tmp"]);
    expect(container.volumeMounts.map(({ name }) => name)).toEqual(pod.volumes.map(({ name }) => name));
  });

  test("probes ask for paths that want no key, on the server's port", () => {
    const { container } = deploymentOf();
    expect(container.ports).toMatchObject([{ name: "http", containerPort: PORT }]);
    for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"] as const) {
      const { path, port } = container[probe].httpGet;
      expect(port).toBe("http");
      expect(ROUTES.find((route) => route.path === `${path}/`)?.role).toBe("public");
    }
    expect(container.readinessProbe.httpGet.path).toBe("/ready");
  });

  test("the config map is a file that the server reads, and its variables are the server's", async () => {
    const values = { config: { requestsPerMinute: 7, memory: { retentionDays: 3 } } };
    const { container } = deploymentOf(values);
    const variables = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
    expect(Object.keys(variables).filter((name) => !VARIABLES.has(name))).toEqual([]);
    const file = join(scratch, "recollect.yaml");
    expect(variables["RECOLLECT_CONFIG"]).toBe("/etc/recollect/recollect.yaml");
    writeFileSync(file, chart(values)["configmap.yaml"]?.data["recollect.yaml"] ?? "");
    const { options } = await readServerSettings({ config: file }, { ...variables, RECOLLECT_CONFIG: undefined });
    expect(options).toEqual({
      dataFolder: "/data",
      host: "0.0.0.0",
      port: PORT,
      requestsPerMinute: 7,
      memory: { retentionDays: 3 },
    });
    expect(container.args).toEqual(["serve"]);
  });

  test("keys of providers come from a secret, the chart's or one that is there", () => {
    expect(deploymentOf().container.envFrom).toBeUndefined();
    const own = { providerKeys: { values: { OPENAI_API_KEY: "sk-1" } } };
    expect(chart(own)["secret.yaml"]).toMatchObject({ kind: "Secret", stringData: { OPENAI_API_KEY: "sk-1" } });
    expect(deploymentOf(own).container.envFrom).toEqual([
      { secretRef: { name: chart(own)["secret.yaml"]?.metadata.name } },
    ]);
    const named = { providerKeys: { existingSecret: "keys" } };
    expect(chart(named)["secret.yaml"]).toBeNull();
    expect(deploymentOf(named).container.envFrom).toEqual([{ secretRef: { name: "keys" } }]);
  });

  test("the policy lets in what calls the port, and nothing out", () => {
    expect(chart()["networkpolicy.yaml"]?.spec).toMatchObject({
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ ports: [{ port: "http", protocol: "TCP" }] }],
      egress: [],
    });
  });

  test("an ingress needs a host; an image can be named by its digest", () => {
    expect(() => chart({ ingress: { enabled: true } })).toThrow(/ingress\.host/u);
    expect(chart({ ingress: { enabled: true, host: "a.example" } })["ingress.yaml"]?.spec).toMatchObject({
      rules: [{ host: "a.example" }],
    });
    const digest = `sha256:${"a".repeat(64)}`;
    expect(deploymentOf({ image: { digest } }).container.image).toBe(`recollect@${digest}`);
    const { version } = JSON.parse(read("package.json")) as { version: string };
    expect(deploymentOf().container.image).toBe(`recollect:${version}`);
  });

  test("the schema takes the defaults and knows the server's settings; what is unknown is refused", () => {
    const text = read("deploy/helm/recollect/values.schema.json");
    const schema = z.fromJSONSchema(JSON.parse(text) as never);
    const defaults = parse(read("deploy/helm/recollect/values.yaml")) as Record<string, unknown>;
    expect(schema.safeParse(defaults).success).toBe(true);
    for (const wrong of [{ replicas: 2 }, { service: { port: 0 } }, { persistence: { accessMode: "ReadWriteMany" } }])
      expect(schema.safeParse({ ...defaults, ...wrong }).success).toBe(false);
    const { properties } = JSON.parse(text) as {
      properties: Record<string, { properties?: Record<string, unknown> }>;
    };
    const server = Object.keys(SETTING_VARIABLES).filter((name) => !/\.|^(?:dataFolder|host|port)$/u.test(name));
    expect(Object.keys(properties["config"]?.properties ?? {}).toSorted()).toEqual([...server, "memory"].toSorted());
    expect(
      Object.keys(properties)
        .filter((name) => name !== "global")
        .toSorted(),
    ).toEqual(Object.keys(defaults).toSorted());
  });
});

describe("the systemd unit", () => {
  const text = read("deploy/systemd/recollect.service");
  const settings = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    if (line === "" || /^[#[]/u.test(line)) continue;
    const [name = "", ...value] = line.split("=");
    settings.set(name, [...(settings.get(name) ?? []), value.join("=")]);
  }

  test("keeps its files in the folder that it may write to, under the server's names", () => {
    expect(text).toMatch(/^\[Unit\]$[^]*^\[Service\]$[^]*^\[Install\]$/mu);
    const folder = `/var/lib/${settings.get("StateDirectory")?.[0]}`;
    const [environment = ""] = settings.get("Environment") ?? [];
    expect(environment).toContain(`RECOLLECT_DATA=${folder}`);
    expect(environment).toContain(`RECOLLECT_PORT=${PORT}`);
    expect(unknownVariables(text)).toEqual([]);
    expect(Number(settings.get("TimeoutStopSec")?.[0])).toBeGreaterThan(PATIENCE_S);
  });

  test("is shut in", () => {
    const wanted = {
      DynamicUser: "yes",
      NoNewPrivileges: "yes",
      ProtectSystem: "strict",
      ProtectHome: "yes",
      PrivateTmp: "yes",
      PrivateDevices: "yes",
      CapabilityBoundingSet: "",
      RestrictNamespaces: "yes",
      UMask: "0077",
    };
    expect(Object.fromEntries(Object.keys(wanted).map((name) => [name, settings.get(name)?.[0]]))).toEqual(wanted);
    expect(settings.get("SystemCallFilter")).toEqual(["@system-service", "~@privileged @resources"]);
  });
});
