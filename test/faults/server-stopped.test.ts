import { expect, it } from "vitest";
import { delay } from "../support/fault-process.ts";
import { inFolder, report, times } from "../support/fault-run.ts";
import { chatReply, startProviderServer } from "../support/provider-server.ts";
import { startLoad } from "../support/server-load.ts";
import type { TakenAdd } from "../support/server-load.ts";
import { ask, startServerProcess } from "../support/server-process.ts";

it("SIGTERM under load: what was accepted is answered, and the next process goes on with the jobs at once", async () => {
  const rounds = times(10, 3);
  const model = await startProviderServer(async () => {
    await delay(60);
    return chatReply('{"facts":[]}');
  });
  await inFolder(async (folder) => {
    const settings = {
      memory: {
        llm: { provider: "openai-compatible", model: "scripted", baseURL: `${model.url}/v1` },
        // A job that was not handed back would rest for over a minute.
        modelTimeoutMs: 60_000,
        allowPrivateAddresses: true,
      },
    };
    const all: TakenAdd[] = [];
    let key = "";
    let longest = 0;
    for (let round = 0; round < rounds; round += 1) {
      const server = await startServerProcess(folder, settings);
      key = server.firstKey ?? key;
      const load = startLoad({ url: server.url, key }, `s${round}`, 16);
      await delay(500 + 137 * round);
      const start = performance.now();
      const { code, errors } = await server.process.kill("SIGTERM");
      longest = Math.max(longest, performance.now() - start);
      await load.stop();
      expect({ code, errors: code === 0 ? "" : errors }).toEqual({ code: 0, errors: "" });
      expect(load.refused).toEqual([]);
      expect(load.taken.length).toBeGreaterThan(0);
      all.push(...load.taken);
    }
    const server = await startServerProcess(folder, settings);
    const place = { url: server.url, key };
    for (const { mark, messageId, memoryId } of all) {
      const { status, body } = await ask(place, "GET", `/v1/memories/${memoryId ?? messageId}/`);
      expect(status, `memory of ${mark}`).toBe(200);
      expect(body["memory"]).toContain(mark);
    }
    const { body } = await ask(place, "GET", "/v1/stats/");
    const { message } = (body as { store: { memories: { message: { active: number } } } }).store.memories;
    // Answered for is what is stored, and nothing besides: nobody was left without an answer.
    expect(message.active).toBe(all.filter(({ memoryId }) => memoryId === null).length);
    const open = new Set(all.map(({ eventId }) => eventId));
    const end = performance.now() + 60_000;
    while (open.size > 0 && performance.now() < end) {
      for (const id of open) {
        const event = await ask(place, "GET", `/v1/event/${id}/`);
        if (event.body["status"] === "SUCCEEDED") open.delete(id);
      }
      await delay(300);
    }
    expect(open.size, "events that wait for a lease to end").toBe(0);
    expect(await server.process.kill("SIGTERM")).toMatchObject({ code: 0 });
    report(
      `stopped server: ${rounds} times under load, ${all.length} adds answered and stored, ended within ${Math.round(longest)} ms`,
    );
  });
  await model.close();
});
