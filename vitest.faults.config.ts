import { defineConfig } from "vitest/config";

/** Faults are real here: processes are killed, disks fill up, files are damaged. `FAULTS=short` for the short form. */
// oxlint-disable-next-line import/no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    name: "faults",
    include: ["test/faults/**/*.test.ts"],
    globalSetup: ["test/support/build-program.ts"],
    // One after the other: they keep the machine busy by themselves, and some look at the clock.
    fileParallelism: false,
    pool: "forks",
    testTimeout: 10 * 60_000,
    hookTimeout: 60_000,
    reporters: ["default"],
    disableConsoleIntercept: true,
  },
});
