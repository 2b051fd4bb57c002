import type { Tool } from "../define-tool.ts";
import { addMemory } from "./add-memory.ts";
import { forgetMemory } from "./forget-memory.ts";
import { getContext } from "./get-context.ts";
import { listMemories } from "./list-memories.ts";
import { searchMemories } from "./search-memories.ts";

/** Every tool costs the model tokens in every request: no more than these. */
export const DEFAULT_TOOLS: readonly Tool[] = [addMemory, searchMemories, getContext, listMemories, forgetMemory];
