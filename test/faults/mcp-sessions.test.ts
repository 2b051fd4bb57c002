import { expect, it } from "vitest";
import { runSessions } from "../support/mcp-sessions.ts";
import { inFolder, report, times } from "../support/fault-run.ts";

it(
  "1,000 MCP sessions killed at random points leave no process, and lose nothing that was acknowledged",
  async () => {
    const sessions = times(1_000, 20);
    await inFolder(async (folder) => {
      const { left, acknowledged, found, killed } = await runSessions({ folder, sessions, seed: 1, atATime: 2 });
      report(
        `mcp: ${sessions} sessions, ${killed} killed, ${acknowledged} adds acknowledged, ${left.length} processes left`,
      );
      expect(left).toEqual([]);
      expect(acknowledged).toBeGreaterThan(0);
      expect(found).toBe(acknowledged);
    });
  },
  45 * 60_000,
);
