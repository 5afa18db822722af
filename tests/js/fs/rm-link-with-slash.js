// A link with a slash behind it is not what it leads to: nothing in there is removed.

import assert from 'assert';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const place = mkdtempSync(join(tmpdir(), 'krandog-rm-'));
const target = join(place, 'target');
const link = join(place, 'link');
mkdirSync(target);
writeFileSync(join(target, 'precious'), '1');
symlinkSync('target', link);
for (const path of [`${link}/`, `${link}/.`]) {
  assert.throws(() => rmSync(path, { recursive: true, force: true }), { code: 'ENOTDIR' });
}
assert.deepStrictEqual(readdirSync(target), ['precious']);
rmSync(link);
rmSync(`${target}/`, { recursive: true });
assert.deepStrictEqual(readdirSync(place), []);
rmSync(place, { recursive: true });
