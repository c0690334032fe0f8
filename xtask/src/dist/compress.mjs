// Writes a .gz and a .br beside each compressible file of the folder in argv[2], with the strongest compression.
// JSON files, which people may read and edit, keep their white space; their compressed copies are minified.
// Uses Node's zlib: Node is needed for wasm-opt anyway, and a brotli crate would have to be built with optimisation first.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /\.(html|css|js|wasm|json|svg|txt|webmanifest)$/;

const { BROTLI_PARAM_LGBLOCK: BLOCK, BROTLI_PARAM_NDIRECT: DIRECT, BROTLI_PARAM_NPOSTFIX: POSTFIX } = constants;
/** The brotli parameters to try. Which combination gives the smallest file is not known in advance, so all are tried. */
const WAYS = [16, 17, 18, 19].flatMap((block) =>
  [[0, 0], [0, 3], [0, 4], [0, 5], [0, 6], [1, 2], [1, 16], [2, 16]].map(([postfix, direct]) => ({ [BLOCK]: block, [POSTFIX]: postfix, [DIRECT]: direct })),
);

async function brotli(bytes) {
  const fixed = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const all = await Promise.all(WAYS.map((way) => promisify(brotliCompress)(bytes, { params: { ...fixed, ...way } })));
  return all.reduce((best, next) => (next.length < best.length ? next : best));
}

async function compress(file) {
  const content = await readFile(file);
  const bytes = file.endsWith('.json') ? Buffer.from(JSON.stringify(JSON.parse(content))) : content;
  const [gz, br] = await Promise.all([
    promisify(gzip)(bytes, { level: 9 }),
    brotli(bytes),
  ]);
  await Promise.all([writeFile(`${file}.gz`, gz), writeFile(`${file}.br`, br)]);
}

const entries = await readdir(process.argv[2], { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name));
await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));
