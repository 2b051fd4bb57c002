#!/usr/bin/env node
// The version is looked at before anything is imported: what is imported would not load in an older Node.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  process.stderr.write(`recollect needs Node.js 24.15 or newer; this is ${process.version} (${process.execPath}).\n`);
  process.exit(1);
}
const { keepCompiledCode } = await import("./keep-compiled-code.ts");
keepCompiledCode();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
