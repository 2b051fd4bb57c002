import { defineConfig } from "vitest/config";

/** Where `.ci/run` wants the counts of this run, as JSON. */
const report = process.env["TEST_REPORT"];

// oxlint-disable-next-line import/no-default-export -- vitest reads the default export
export default defineConfig({
  test: {
    // Many tests wait, for processes and time limits: with as many workers as cores, two cores are a fifth of the time idle.
    maxWorkers: 3,
    // Test files share no state beyond their modules: read once for all, a third of their time is saved.
    isolate: false,
    hookTimeout: 60_000,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.ts", "bench/**/*.test.ts"],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "conformance",
          include: ["test/*.test.ts", "test/{agents,conformance,property,contract,e2e,cli}/**/*.test.ts"],
          globalSetup: ["test/support/build-program.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "mcp",
          include: ["test/mcp/**/*.test.ts"],
          globalSetup: ["test/support/build-program.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "server",
          include: ["test/server/**/*.test.ts"],
          globalSetup: ["test/support/install-clients.ts", "test/support/build-program.ts"],
          // Mem0's clients call home otherwise.
          env: { MEM0_TELEMETRY: "false" },
          testTimeout: 60_000,
        },
      },
    ],
  },
});
