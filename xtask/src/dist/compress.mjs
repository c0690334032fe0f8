// Puts a .gz and a .br beside each compressible file of the folder in argv[2], as small as they get.
// What people may read and edit, dashboards and configuration, keeps its white space; the compressed copies go without.
// Node's zlib does it: Node is needed for wasm-opt anyway, and Rust's brotli would have to be built with optimisation first.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(html|css|js|wasm|json|svg|txt|webmanifest)$/;

async function compress(file) {
  const content = await readFile(file);
  const bytes = file.endsWith('.json') ? Buffer.from(JSON.stringify(JSON.parse(content))) : content;
  const [gz, br] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  ]);
  await Promise.all([writeFile(`${file}.gz`, gz), writeFile(`${file}.br`, br)]);
}

const entries = await readdir(process.argv[2], { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name));
await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));
