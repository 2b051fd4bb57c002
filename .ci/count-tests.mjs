// Sums the JSON reports of vitest in a folder and prints "N passed, N failed" as the last line.
// node .ci/count-tests.mjs FOLDER FAILED_STEPS; exits with 1 when a step or a test failed, was skipped, or none ran.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, failedSteps = "0"] = process.argv.slice(2);
const reports = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
const sum = (key) => reports.reduce((total, report) => total + (report[key] ?? 0), 0);

const passed = sum("numPassedTests");
const failed = sum("numFailedTests");
// A file that cannot even be loaded has no tests to count, and is a failure all the same.
const broken = reports
  .flatMap((report) => report.testResults ?? [])
  .filter(
    (file) => file.status === "failed" && !(file.assertionResults ?? []).some((result) => result.status === "failed"),
  ).length;
const skipped = sum("numPendingTests") + sum("numTodoTests");

if (skipped > 0) console.log(`FAIL  ${skipped} tests were skipped: here every test runs`);
if (passed === 0) console.log("FAIL  no test ran");
if (Number(failedSteps) > 0) console.log(`FAIL  ${failedSteps} steps failed`);
console.log(`${passed} passed, ${failed + broken} failed`);
process.exitCode = failed + broken + skipped + Number(failedSteps) > 0 || passed === 0 ? 1 : 0;
