import { join } from "node:path";
import { expect, it } from "vitest";
import { createEngine } from "../../src/create-memory.ts";
import { Memory } from "../../src/index.ts";
import { FaultProcess } from "../support/fault-process.ts";
import { inFolder, report, times } from "../support/fault-run.ts";

interface Added {
  readonly message: string;
  readonly facts: readonly string[];
}

async function search(memory: Memory, query: string, userId = "alice"): Promise<string[]> {
  const { results } = await memory.search(query, { filters: { user_id: userId }, topK: 10 });
  return results.map((hit) => hit.memory);
}

it("what one process adds, deletes or purges is so for the other at once", async () => {
  const rounds = times(100, 25);
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    const memory = new Memory({ dbPath: path });
    // The caches of this process are warm, large enough for packed vectors, before the other one writes.
    await memory.add(
      Array.from({ length: 400 }, (_, index) => ({ role: "user", content: `I own a boat called Boat${index}.` })),
      { userId: "alice" },
    );
    await search(memory, "Boat7");
    const peer = new FaultProcess("fault-peer.ts", [path]);
    let seen = 0;
    for (let round = 0; round < rounds; round += 1) {
      const word = `gannet${round}`;
      const theirs = JSON.parse(await peer.ask({ do: "add", text: `I keep a ${word} in the garden.` })) as Added;
      expect((await search(memory, word)).join(" ")).toContain(word);
      // The other way round.
      await memory.add(`I painted the ${word} shed red.`, { userId: "alice" });
      expect(await peer.ask({ do: "search", text: `${word} shed red` })).toContain(`${word} shed`);
      // Gone there, gone here: the fact by a tombstone, the message for good.
      for (const id of theirs.facts) await peer.ask({ do: "delete", id });
      await peer.ask({ do: "purge", id: theirs.message });
      expect((await search(memory, `keep ${word} garden`)).filter((text) => text.includes("garden"))).toEqual([]);
      seen += 3;
    }
    report(`two processes: ${rounds} rounds, ${seen} changes seen at once by the other`);
    peer.child.stdin?.end();
    expect((await peer.ended).errors).toBe("");
    await memory.close();
  });
});

it("a reset in another process leaves nothing of one user in the caches of another", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "memory.db");
    const memory = new Memory({ dbPath: path });
    for (let index = 0; index < 5; index += 1) {
      await memory.add(`My secret garden number ${index} is in Ghent.`, { userId: "alice", agentId: "gardener" });
    }
    await search(memory, "secret garden");
    const peer = new FaultProcess("fault-peer.ts", [path]);
    await peer.ask({ do: "deleteAll" });
    // Another user is the first of the emptied file, and comes to the same version.
    for (let index = 0; index < 5; index += 1) {
      await peer.ask({ do: "add", text: `The train number ${index} left Turin.`, userId: "bob" });
    }
    expect((await search(memory, "secret garden Ghent", "bob")).join(" ")).not.toContain("Ghent");
    expect((await search(memory, "train Turin", "bob")).length).toBeGreaterThan(0);
    expect(await search(memory, "secret garden Ghent", "alice")).toEqual([]);
    // Numbers of agents that this process remembers are void.
    const added = await memory.add("I grow tulips.", { userId: "carol", agentId: "gardener" });
    const engine = createEngine({ dbPath: path });
    const [stored] = await engine.store.getMemories([added.messages[0]?.id as string]);
    expect(stored?.record.scope).toEqual({ userId: "carol", agentId: "gardener" });
    await engine.close();
    peer.child.stdin?.end();
    await peer.ended;
    await memory.close();
    report("reset in another process: caches hold nothing of what was");
  });
});
