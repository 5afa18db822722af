// A file whose names are not UTF-8 is refused, and does not end the process.
import assert from 'assert';
import fs from 'fs';
import os from 'os';
import path from 'path';
import { Database } from 'krandog:sqlite';
import { DatabaseSync } from 'node:sqlite';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'krandog-schema-'));
try {
  const file = path.join(folder, 'a.db');
  const made = new Database(file, { wal: false });
  made.exec('CREATE TABLE t (marked, é); INSERT INTO t VALUES (1, 2)');
  made.close();
  new Database(file).close();
  const bytes = fs.readFileSync(file);
  bytes[bytes.indexOf('marked')] = 0xff;
  fs.writeFileSync(file, bytes);
  const refused = { code: 'ERR_SQLITE_ERROR', errcode: 11, message: `the schema of ${file} is not UTF-8` };
  assert.throws(() => new Database(file), refused);
  assert.throws(() => new Database(file, { readonly: true }), refused);
  assert.throws(() => new DatabaseSync(file), refused);

  // An encoding can still be chosen for a new file.
  const fresh = new DatabaseSync(path.join(folder, 'b.db'));
  fresh.exec("PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (é)");
  fresh.close();
  const wide = new Database(path.join(folder, 'b.db'));
  assert.strictEqual(wide.query('PRAGMA encoding').get().encoding, 'UTF-16le');
  assert.deepStrictEqual(wide.prepare('SELECT * FROM t').columns().map(({ name }) => name), ['é']);
} finally {
  fs.rmSync(folder, { recursive: true });
}
