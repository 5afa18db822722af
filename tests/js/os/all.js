// What os tells, in the shapes of Node.js.

import assert from 'node:assert';
import os from 'node:os';

for (const name of ['arch', 'homedir', 'hostname', 'machine', 'platform', 'release', 'tmpdir', 'type', 'version']) {
  assert.ok(typeof os[name]() === 'string' && os[name]() !== '', name);
}
for (const name of ['availableParallelism', 'freemem', 'totalmem', 'uptime']) assert.ok(os[name]() > 0, name);
assert.deepStrictEqual(os.loadavg().map((each) => typeof each), ['number', 'number', 'number']);
const { uid, gid, username, homedir } = os.userInfo();
assert.deepStrictEqual([uid, gid], [process.getuid(), process.getgid()]);
assert.ok(username !== '' && homedir.startsWith('/'));
assert.ok(Buffer.isBuffer(os.userInfo({ encoding: 'buffer' }).username));
const [cpu] = os.cpus();
assert.deepStrictEqual(Object.keys(cpu), ['model', 'speed', 'times']);
assert.deepStrictEqual(Object.keys(cpu.times), ['user', 'nice', 'sys', 'idle', 'irq']);
const local = Object.values(os.networkInterfaces()).flat().find((each) => each.address === '127.0.0.1');
assert.deepStrictEqual(local, {
  address: '127.0.0.1', netmask: '255.0.0.0', family: 'IPv4', mac: '00:00:00:00:00:00', internal: true,
  cidr: '127.0.0.1/8',
});
assert.strictEqual(os.constants.signals.SIGTERM, 15);
assert.strictEqual(os.constants.errno.ENOENT, 2);
assert.strictEqual(os.constants.priority.PRIORITY_LOW, 19);
const before = os.getPriority();
os.setPriority(before + 1 > 19 ? 19 : before + 1);
assert.ok(os.getPriority(process.pid) >= before);
assert.throws(() => os.setPriority(0, 20), { code: 'ERR_OUT_OF_RANGE' });
assert.throws(() => os.getPriority(2 ** 31 - 1), {
  name: 'SystemError',
  code: 'ERR_SYSTEM_ERROR',
  message: 'A system error occurred: uv_os_getpriority returned ESRCH (no such process)',
});
