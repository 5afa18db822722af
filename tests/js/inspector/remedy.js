// There is no inspector, and asking for one says so.

import assert from 'node:assert';
import inspector from 'node:inspector';

assert.strictEqual(inspector.url(), undefined);
assert.throws(() => inspector.open(), { code: 'ERR_INSPECTOR_NOT_AVAILABLE' });
assert.throws(() => new inspector.Session(), { code: 'ERR_INSPECTOR_NOT_AVAILABLE' });
