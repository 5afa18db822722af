// A database in memory is copied over one that others have open: they see the new one, whole.
import assert from 'assert';
import fs from 'fs';
import os from 'os';
import path from 'path';
import { Database } from 'krandog:sqlite';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'krandog-backup-'));
try {
  const file = path.join(folder, 'a.db');
  const open = new Database(file);
  open.exec('CREATE TABLE old (a)');
  for (let count = 0; count < 50; count++) open.query('INSERT INTO old VALUES (?)').run('old'.repeat(500));
  const memory = new Database();
  memory.exec('CREATE TABLE fresh (a)');
  for (let count = 0; count < 200; count++) memory.query('INSERT INTO fresh VALUES (?)').run('new'.repeat(500));
  assert(await memory.backup(file) > 50);
  for (const db of [open, new Database(file)]) {
    assert.deepStrictEqual(db.query('SELECT name FROM sqlite_schema').values(), [['fresh']]);
    assert.deepStrictEqual(db.query('PRAGMA integrity_check').values(), [['ok']]);
    assert.strictEqual(db.query('SELECT count(*) AS n FROM fresh').get().n, 200);
  }
  open.exec('INSERT INTO fresh VALUES (1)');
  assert.strictEqual(new Database(file).query('SELECT count(*) AS n FROM fresh').get().n, 201);
  assert.deepStrictEqual(fs.readdirSync(folder).filter((name) => !/^a\.db(-wal|-shm)?$/.test(name)), []);

  // It waits for one that writes.
  open.exec('BEGIN IMMEDIATE; INSERT INTO fresh VALUES (2)');
  const copied = memory.backup(file);
  setTimeout(() => open.exec('COMMIT'), 50);
  await copied;
  assert.strictEqual(open.query('SELECT count(*) AS n FROM fresh').get().n, 200);
} finally {
  fs.rmSync(folder, { recursive: true });
}
