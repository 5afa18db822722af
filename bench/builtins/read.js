// Reads a file over and over: read.js FILE TIMES.
import { readFile } from 'node:fs/promises';

const [file, times] = process.argv.slice(2);
let bytes = 0;
for (let n = 0; n < Number(times); n += 1) bytes += (await readFile(file)).length;
if (bytes === 0) throw new Error('nothing was read');
