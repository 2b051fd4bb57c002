import { z } from "zod";
import { MemoryError } from "../../errors.ts";
import { defineTool } from "../define-tool.ts";
import type { Tool } from "../define-tool.ts";
import { userOf } from "../whose.ts";

export const forgetMemory: Tool = defineTool({
  name: "forget_memory",
  title: "Forget",
  description: "Forget one memory by its id. Only when the user asks for it, or it is wrong.",
  input: z.object({ id: z.string().describe("Id of the memory, from a search or list") }),
  output: z.object({ forgotten: z.string() }),
  effect: "change",
  run: async (session, { id }) => {
    const owner = userOf(session);
    if ((await session.memory.get(id, owner)) === null)
      throw new MemoryError("not_found", `There is no memory ${id}. Search for it first; ids stand in brackets.`);
    await session.memory.delete(id, owner);
    return { text: `Forgotten: ${id}. It can be restored for a while.`, data: { forgotten: id } };
  },
});
