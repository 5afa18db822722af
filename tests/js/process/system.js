// What process knows of the system, and does to it.

import assert from 'node:assert';
import process from 'node:process';

const before = process.cpuUsage();
assert.ok(before.user >= 0 && before.system >= 0);
const passed = process.cpuUsage(before);
assert.ok(passed.user >= 0 && passed.system >= 0);
assert.throws(() => process.cpuUsage({ user: 'x', system: 0 }), { code: 'ERR_INVALID_ARG_TYPE' });
const usage = process.resourceUsage();
assert.strictEqual(Object.keys(usage).length, 16);
assert.ok(usage.maxRSS > 0 && usage.minorPageFault > 0);
for (const name of ['getuid', 'geteuid', 'getgid', 'getegid']) assert.ok(process[name]() >= 0);
assert.ok(Array.isArray(process.getgroups()));
const mask = process.umask(0o77);
assert.strictEqual(process.umask('22'), 0o77);
assert.strictEqual(process.umask(mask), 0o22);
assert.strictEqual(process.umask(), mask);
assert.throws(() => process.umask('9'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.strictEqual(process.kill(process.pid, 0), true);
assert.throws(() => process.kill(2 ** 31 - 1, 0), {
  message: 'kill ESRCH', code: 'ESRCH', errno: -3, syscall: 'kill',
});
assert.throws(() => process.kill(process.pid, 'SIGX'), { name: 'TypeError', code: 'ERR_UNKNOWN_SIGNAL' });
assert.throws(() => process.kill('x'), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(typeof process.features.tls, 'boolean');
assert.ok(process.allowedNodeEnvironmentFlags instanceof Set);

const came = new Promise((resolve) => process.once('SIGUSR2', (...values) => resolve(values)));
process.kill(process.pid, 'SIGUSR2');
const timer = setTimeout(() => {}, 5000);
assert.deepStrictEqual(await came, ['SIGUSR2', 12]);
clearTimeout(timer);
