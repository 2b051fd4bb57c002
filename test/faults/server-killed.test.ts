import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { delay } from "../support/fault-process.ts";
import { inFolder, report, seededRandom, times } from "../support/fault-run.ts";
import { chatReply, startProviderServer } from "../support/provider-server.ts";
import { startLoad } from "../support/server-load.ts";
import type { TakenAdd } from "../support/server-load.ts";
import { ask, startServerProcess } from "../support/server-process.ts";

/** Ids of the memories that webhooks told of. */
async function startReceiver(): Promise<{ url: string; told: Set<string>; close: () => void }> {
  const told = new Set<string>();
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { event_details: details } = JSON.parse(Buffer.concat(chunks).toString()) as {
        event_details: { id: string };
      };
      told.add(details.id);
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    told,
    close: () => {
      http.closeAllConnections();
      http.close();
    },
  };
}

async function until(what: () => Promise<boolean>, patienceMs: number): Promise<boolean> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    if (await what()) return true;
    await delay(500);
  }
  return false;
}

it("a server killed under load loses nothing that it answered for, and no event stays open", async () => {
  const rounds = times(20, 4);
  const random = seededRandom("killed server");
  const model = await startProviderServer(async () => {
    await delay(15);
    return chatReply('{"facts":[]}');
  });
  const receiver = await startReceiver();
  await inFolder(async (folder) => {
    const settings = {
      allowPrivateAddresses: true,
      memory: {
        llm: { provider: "openai-compatible", model: "scripted", baseURL: `${model.url}/v1` },
        // The lease of a job that died with its process ends half a minute after this.
        modelTimeoutMs: 1_000,
        allowPrivateAddresses: true,
      },
    };
    const all: TakenAdd[] = [];
    let key = "";
    let broken = 0;
    for (let round = 0; round < rounds; round += 1) {
      const server = await startServerProcess(folder, settings);
      if (server.firstKey !== null) {
        key = server.firstKey;
        const place = { url: server.url, key };
        const { body } = await ask(place, "GET", "/v1/ping/");
        const hook = { name: "all", url: receiver.url, event_types: ["memory_add"] };
        await ask(place, "POST", `/api/v1/webhooks/projects/${String(body["project_id"])}/`, hook);
      }
      const load = startLoad({ url: server.url, key }, `k${round}`);
      await delay(150 + random() * 700);
      expect((await server.process.kill()).signal).toBe("SIGKILL");
      await load.stop();
      expect(load.refused).toEqual([]);
      all.push(...load.taken);
      broken += load.broken;
    }
    const server = await startServerProcess(folder, settings);
    const place = { url: server.url, key };
    const open = new Set(all.map(({ eventId }) => eventId));
    const areOver = await until(async () => {
      for (const id of open) {
        const { status, body } = await ask(place, "GET", `/v1/event/${id}/`);
        expect(status, `event ${id}`).toBe(200);
        if (body["status"] !== "SUCCEEDED" && body["status"] !== "FAILED") return false;
        open.delete(id);
      }
      return true;
    }, 120_000);
    expect(areOver, `${open.size} events are stuck`).toBe(true);
    for (const { mark, messageId, memoryId } of all) {
      const { status, body } = await ask(place, "GET", `/v1/memories/${memoryId ?? messageId}/`);
      expect(status, `memory of ${mark}`).toBe(200);
      expect(body["memory"]).toContain(mark);
    }
    const direct = all.flatMap(({ memoryId }) => memoryId ?? []);
    await until(async () => direct.every((id) => receiver.told.has(id)), 60_000);
    expect(direct.filter((id) => !receiver.told.has(id))).toEqual([]);
    expect((await ask(place, "POST", "/v1/verify/", {})).body).toMatchObject({ isSound: true });
    expect(await server.process.kill("SIGTERM")).toMatchObject({ code: 0 });
    report(
      `killed server: ${rounds} kills, ${all.length} adds answered for, 0 lost, 0 events stuck, ` +
        `${direct.length} webhooks owed and delivered, ${broken} requests broke off`,
    );
  });
  receiver.close();
  await model.close();
});
