import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const WORTH_COMPRESSING = /\.(js|css|svg|json|txt)$/;

/** Writes a .br and a .gz beside every text asset, once, at build time. The page itself carries a fresh
 *  nonce in each answer and is left alone. */
export function precompress(): Plugin {
  let folder = "";
  return {
    name: "threadline-precompress",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const names = await readdir(folder, { recursive: true });
      await Promise.all(names.filter((name) => WORTH_COMPRESSING.test(name)).map((name) => write(join(folder, name))));
    },
  };
}

async function write(path: string): Promise<void> {
  if (!(await stat(path)).isFile()) return;
  const bytes = await readFile(path);
  await writeFile(`${path}.br`, await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  await writeFile(`${path}.gz`, await zip(bytes, { level: 9 }));
}
