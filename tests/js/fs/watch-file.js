// watchFile looks at a file now and then, and unwatchFile ends that.
import assert from 'assert';
import fs from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const folder = fs.mkdtempSync(join(tmpdir(), 'fs-watch-file-'));
try {
  const file = join(folder, 'file');
  const found = await new Promise((resolve) => {
    fs.watchFile(file, { interval: 10 }, (current, previous) => {
      // There is none yet.
      if (current.ino === 0) fs.writeFileSync(file, 'text');
      else resolve([current, previous]);
    });
  });
  assert(found[0].isFile());
  assert.equal(found[1].mtimeMs, 0);
  fs.unwatchFile(file);
  const listener = () => {};
  fs.watchFile(file, { persistent: false }, listener);
  fs.watchFile(file, listener);
  fs.unwatchFile(file, listener);
  fs.unwatchFile(file);
} finally {
  fs.rmSync(folder, { recursive: true });
}
