import { z } from "zod";

/** Shape of a memory in structured answers. */
export const memoryShape: z.ZodType = z.object({
  id: z.string(),
  memory: z.string(),
  kind: z.string(),
  saidAt: z.string(),
  score: z.number().optional(),
  isReplaced: z.boolean().optional(),
  isCut: z.boolean().optional(),
});
