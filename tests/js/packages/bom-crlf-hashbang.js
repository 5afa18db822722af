// A byte order mark, CRLF and a line for the shell are no part of the program.
import assert from 'assert';
import bom from './own/bom.mjs';
import crlf, { a } from './own/crlf.mjs';
import { ran } from 'hashbang';

assert.deepEqual([bom, crlf, a, ran], ['bom', 'crlf', 1, true]);
await assert.rejects(import('./own/latin.mjs'), /latin\.mjs is not valid UTF-8 at byte 16/);
