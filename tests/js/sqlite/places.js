// Other threads find the file that was opened, wherever the program has gone since.
import assert from 'assert';
import fs from 'fs';
import os from 'os';
import path from 'path';
import { openKv } from 'krandog:kv';
import { Database } from 'krandog:sqlite';

const before = process.cwd();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'krandog-places-'));
const there = path.join(folder, 'there');
const names = ['a.db', 'odd %41#?.db', 'file:b.db?mode=rw', 'file:odd%20%25%3f%23.db?cache=private&mode=rwc'];
try {
  fs.mkdirSync(there);
  process.chdir(folder);
  new Database('b.db').close();
  const all = names.map((name) => new Database(name));
  const reading = new Database('file:b.db?mode=ro');
  const kv = openKv('k.db');
  process.chdir(there);
  for (const db of all) {
    db.exec('CREATE TABLE t (a)');
    await db.async.run('INSERT INTO t VALUES (1)');
    assert.deepStrictEqual(await db.async.get('SELECT a FROM t'), { a: 1 });
    assert.deepStrictEqual(db.query('SELECT a FROM t').all(), [{ a: 1 }]);
    const copied = db.backup('copy.db');
    process.chdir(folder);
    assert(await copied > 0);
    process.chdir(there);
    assert.deepStrictEqual(new Database('copy.db').query('SELECT a FROM t').all(), [{ a: 1 }]);
    for (const name of fs.readdirSync(there)) fs.rmSync(name);
  }
  await assert.rejects(reading.async.run('INSERT INTO t VALUES (2)'), { errcode: 8 });
  assert.deepStrictEqual(await reading.async.values('SELECT a FROM t'), [[1]]);
  await kv.set('a', 1);
  assert.deepStrictEqual(fs.readdirSync(there), []);
  for (const db of [...all, reading]) {
    await db.async.close();
    db.close();
  }
  await kv.close();

  // One that is gone is not made anew.
  const gone = new Database('gone.db');
  fs.rmSync('gone.db');
  await assert.rejects(gone.async.run('CREATE TABLE t (a)'), { errcode: 14 });
  gone.close();
  await assert.rejects(gone.async.run('CREATE TABLE t (a)'), { code: 'ERR_INVALID_STATE' });

  // Memory has many names.
  for (const name of ['', ':memory:', 'file::memory:', 'file:x?mode=memory']) {
    const memory = new Database(name);
    memory.exec('CREATE TABLE t AS SELECT 5 AS a');
    await assert.rejects(memory.async.all('SELECT 1'), { code: 'ERR_INVALID_STATE', message: /in a file/ });
    await memory.backup('memory.db');
    assert.deepStrictEqual(new Database('memory.db').query('SELECT a FROM t').all(), [{ a: 5 }]);
    memory.exec('BEGIN; INSERT INTO t VALUES (6)');
    await assert.rejects(memory.backup('memory.db'), { errcode: 5, message: /within a transaction/ });
  }
  const kept = openKv('file::memory:');
  await kept.set('a', 1);
  await kept.close();
} finally {
  process.chdir(before);
  fs.rmSync(folder, { recursive: true });
}
