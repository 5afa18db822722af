// What the process tells about itself.
import assert from 'assert';
import path from 'path';

assert.ok(path.isAbsolute(process.execPath));
assert.strictEqual(process.argv[0], process.execPath);
assert.strictEqual(process.argv[1], import.meta.filename);
assert.strictEqual(process.argv0, 'krandog');
assert.match(process.version, /^v\d+\.\d+\.\d+/);
assert.strictEqual(process.versions.krandog, process.version.slice(1));
assert.ok(Number.isInteger(process.pid) && process.pid > 0);
const [seconds, nanoseconds] = process.hrtime();
assert.ok(Number.isInteger(seconds) && nanoseconds < 1e9);
assert.ok(process.hrtime.bigint() > 0n);
assert.ok(process.uptime() > 0);
assert.ok(process.memoryUsage().rss >= 0);
