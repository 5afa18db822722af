// What a failed exec on another thread has begun does not take later writes with it.
import assert from 'assert';
import fs from 'fs';
import os from 'os';
import path from 'path';
import { Database } from 'krandog:sqlite';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'krandog-exec-'));
try {
  const file = path.join(folder, 'a.db');
  const db = new Database(file);
  db.exec('CREATE TABLE t (a UNIQUE)');
  const later = db.async;
  const begun = 'BEGIN; INSERT INTO t VALUES (1); INSERT INTO t VALUES (1); COMMIT';
  await assert.rejects(later.exec(begun), { errcode: 2067 });
  await later.run('INSERT INTO t VALUES (2)');
  assert.deepStrictEqual(await later.batch([['INSERT INTO t VALUES (3)']]), [1]);
  db.exec('INSERT INTO t VALUES (4)');

  // The same where a signal stops it.
  const slow = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n`;
  const stopped = later.with({ signal: AbortSignal.timeout(50) });
  await assert.rejects(stopped.exec(`BEGIN; INSERT INTO t VALUES (5); ${slow}`), { name: 'TimeoutError' });
  db.exec('INSERT INTO t VALUES (6)');

  // One that was there before is left to who began it.
  await later.exec('BEGIN; INSERT INTO t VALUES (7)');
  await assert.rejects(later.exec('INSERT INTO t VALUES (8); nonsense'));
  await later.exec('COMMIT');
  await later.close();
  db.close();
  const all = new Database(file).query('SELECT a FROM t ORDER BY a').values().flat();
  assert.deepStrictEqual(all, [2, 3, 4, 6, 7, 8]);
} finally {
  fs.rmSync(folder, { recursive: true });
}
