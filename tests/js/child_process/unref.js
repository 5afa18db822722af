// A child that is unreferenced keeps nobody alive, if nothing of it is read.

import assert from 'node:assert';
import { spawn } from 'node:child_process';

const child = spawn('sleep', ['100'], { stdio: 'ignore' });
child.unref();
child.ref();
child.unref();
child.on('exit', () => assert.fail('it has ended'));
process.on('exit', () => process.kill(child.pid, 'SIGKILL'));
