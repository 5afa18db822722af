// rm removes files, links and, when asked, whole folders.
import assert from 'assert';
import fs, { promises } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-remove-'));
const at = (...parts) => join(folder, ...parts);
fs.mkdirSync(at('tree', 'below'), { recursive: true });
fs.writeFileSync(at('tree', 'below', 'file'), '');
fs.writeFileSync(at('kept'), 'kept');
fs.mkdirSync(at('outside'));
fs.writeFileSync(at('outside', 'file'), '');
fs.symlinkSync('../outside', at('tree', 'link'));

assert.throws(() => fs.rmSync(at('tree')), {
  name: 'SystemError', code: 'ERR_FS_EISDIR', syscall: 'rm', path: at('tree'), errno: 21,
  message: `Path is a directory: rm returned EISDIR (is a directory) ${at('tree')}`,
});
fs.rmSync(at('tree'), { recursive: true });
assert.deepEqual(fs.readdirSync(folder).sort(), ['kept', 'outside']);
// A link goes, and not what it leads to.
assert(fs.existsSync(at('outside', 'file')));
assert.throws(() => fs.rmSync(at('tree')), { code: 'ENOENT' });
fs.rmSync(at('tree'), { force: true });
await promises.rm(at('tree'), { force: true, recursive: true });
fs.symlinkSync('kept', at('link'));
await promises.rm(at('link'));
await new Promise((resolve, reject) => { fs.unlink(at('kept'), (error) => (error ? reject(error) : resolve())); });
assert.deepEqual(fs.readdirSync(folder), ['outside']);
await promises.rm(folder, { recursive: true, maxRetries: 2, retryDelay: 1 });
assert(!fs.existsSync(folder));
