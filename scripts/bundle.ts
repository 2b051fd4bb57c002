import { copyFileSync, globSync, mkdirSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const source = fileURLToPath(new URL("../src", import.meta.url));

/** Read at run time, from beside the code that names it. */
const COPIED = "**/*.bin";

/**
 * One file for what every program needs and one for each part that is imported when first used, with the data files
 * beside the code that reads them. Without white space and comments, since what is read at every start counts, but with
 * its names, so that stack traces can be read. Without source maps: they would point at sources that the package does
 * not hold.
 */
export async function bundle(target: string): Promise<void> {
  const build = await rolldown({
    input: {
      index: join(source, "index.ts"),
      client: join(source, "client", "index.ts"),
      bin: join(source, "cli", "bin.ts"),
    },
    platform: "node",
    // Dependencies stay dependencies.
    external: (id) => !id.startsWith(".") && !isAbsolute(id),
  });
  const { output } = await build.write({
    dir: target,
    format: "esm",
    chunkFileNames: "chunks/[name].js",
    comments: false,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
  const chunks = output.filter((file) => file.type === "chunk");
  for (const file of globSync(COPIED, { cwd: source })) {
    const user = chunks.find(({ code }) => code.includes(basename(file)));
    if (user === undefined) throw new Error(`No code reads ${file}.`);
    const destination = join(target, dirname(user.fileName), basename(file));
    mkdirSync(dirname(destination), { recursive: true });
    copyFileSync(join(source, file), destination);
  }
}
