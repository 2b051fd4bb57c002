import { median, percentile } from "../speed/measure.ts";
import type { SpeedRow } from "../speed/row.ts";
import { userId } from "../speed/stores.ts";
import { memoryText } from "../speed/texts.ts";
import { startFilledServer } from "./filled-server.ts";
import type { FilledServer } from "./filled-server.ts";
import { HttpLoad, keepInFlight } from "./http-load.ts";
import { questionOf } from "./questions.ts";

const IN_FLIGHT = 32;
/** Every fifth request is an add. */
const ADD_EVERY = 5;
/** Caches fill before the memory of the process is looked at. */
const WARM_SHARE = 0.2;

/** Four searches for each add, for minutes: nothing fails, nothing is lost, nothing grows. */
export function mixedLoad(minutes: number): SpeedRow {
  return {
    name: "mixed",
    about: "mixed load, 80 % search: errors, lost writes, growth of resident memory",
    run: async (context) => {
      const users = context.isQuick ? 100 : 1000;
      const length = context.isQuick ? 20_000 : minutes * 60_000;
      const filled = await startFilledServer(context, { users, perUser: 100 });
      const load = new HttpLoad(filled.child.url, filled.key, IN_FLIGHT);
      const searches: number[] = [];
      const written: string[] = [];
      const resident: { at: number; bytes: number }[] = [];
      const errors = new Map<number, number>();
      const begin = performance.now();
      const watch = setInterval(() => {
        void residentOf(load).then((bytes) => resident.push({ at: (performance.now() - begin) / length, bytes }));
      }, 2_000);
      const count = await keepInFlight(IN_FLIGHT, { milliseconds: length }, async (number) => {
        const answer = await (number % ADD_EVERY === 0 ? add(load, filled, number) : search(load, filled, number));
        if ("status" in answer) errors.set(answer.status, (errors.get(answer.status) ?? 0) + 1);
        else if ("id" in answer) written.push(answer.id);
        else searches.push(answer.milliseconds);
      });
      clearInterval(watch);
      let lost = 0;
      await keepInFlight(IN_FLIGHT, { count: written.length }, async (number) => {
        const { status } = await load.send("GET", `/v1/memories/${written[number] ?? ""}/`);
        if (status !== 200) lost += 1;
      });
      load.close();
      await filled.child.stop();
      const part = (from: number, to: number): number =>
        median(resident.filter(({ at }) => at >= from && at <= to).map(({ bytes }) => bytes));
      const [before, after] = [part(WARM_SHARE, WARM_SHARE * 2), part(1 - WARM_SHARE, 2)];
      const failed = [...errors.values()].reduce((sum, number) => sum + number, 0);
      const kinds = [...errors].map(([status, number]) => `; ${number} answered ${status}`).join("");
      const note = `${count} requests in ${(length / 60_000).toFixed(1)} min, ${written.length} adds; search p50 ${median(searches).toFixed(1)} ms, p95 ${percentile(searches, 0.95).toFixed(1)} ms`;
      return [
        { what: "mixed load: errors", value: failed, unit: "requests", bar: 0, note: `${note}${kinds}` },
        { what: "mixed load: lost writes", value: lost, unit: "adds", bar: 0, note: "each add was read again" },
        {
          what: "mixed load: growth of resident memory",
          value: (after / before - 1) * 100,
          unit: "%",
          bar: 10,
          note: `${(before / 1e6).toFixed(0)} MB after ${WARM_SHARE * 100} % of the time, ${(after / 1e6).toFixed(0)} MB at the end`,
        },
      ];
    },
  };
}

type Failure = { readonly status: number };

async function search(
  load: HttpLoad,
  { users, perUser }: FilledServer,
  number: number,
): Promise<{ readonly milliseconds: number } | Failure> {
  const { query, user } = questionOf(number, users, perUser);
  const sent = await load.send("POST", "/v3/memories/search/", { query, filters: { user_id: user } });
  return sent.status === 200 ? { milliseconds: sent.milliseconds } : { status: sent.status };
}

async function add(
  load: HttpLoad,
  { users }: FilledServer,
  number: number,
): Promise<{ readonly id: string } | Failure> {
  const sent = await load.send("POST", "/v3/memories/add/", {
    messages: [{ role: "user", content: memoryText(10_000_000 + number) }],
    user_id: userId(number % users),
    infer: false,
  });
  const id = sent.status === 200 ? (JSON.parse(sent.text) as { results: { id: string }[] }).results[0]?.id : undefined;
  return id === undefined ? { status: sent.status } : { id };
}

async function residentOf(load: HttpLoad): Promise<number> {
  const { text } = await load.send("GET", "/metrics/");
  return Number(/^process_resident_memory_bytes (\S+)$/mu.exec(text)?.[1]);
}
