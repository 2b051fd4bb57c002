// Prints the npm command of the README's Nth code fence: node .ci/readme-command.mjs 2
// Plain JavaScript for any Node from 20 on: it runs before anything is installed.
import { readFileSync } from "node:fs";

const number = Number(process.argv[2] ?? 1);
const fences = [...readFileSync("README.md", "utf8").matchAll(/^```[^\n]*\n([\s\S]*?)^```/gmu)].map(([, body]) => body);
const command = fences[number - 1]?.split("\n").find((line) => line.startsWith("npm "));
if (command === undefined) {
  console.error(`README.md: code fence ${number} holds no line that begins with "npm"`);
  process.exit(1);
}
console.log(command.trim());
