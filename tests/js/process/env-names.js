// Names and values of variables end at a null byte, and no name is empty or has an equals sign.

import assert from 'assert';
import { spawnSync } from 'child_process';

process.env['krandog\0x'] = 'a\0b';
process.env['k=v'] = 'x';
process.env[''] = 'x';
assert.deepStrictEqual([process.env.krandog, process.env['k=v'], process.env['']], ['a', undefined, undefined]);
assert.match(spawnSync('env', { encoding: 'utf8' }).stdout, /^krandog=a$/m);
