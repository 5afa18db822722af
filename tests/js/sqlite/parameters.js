// Each parameter takes one value, and nothing stays from the call before.
import assert from 'assert';
import fs from 'fs';
import os from 'os';
import path from 'path';
import { Database } from 'krandog:sqlite';
import { DatabaseSync } from 'node:sqlite';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'krandog-parameters-'));
try {
  const db = new Database(path.join(folder, 'a.db'));
  const sql = 'SELECT $a AS a, $b AS b';
  const statement = db.prepare(sql);
  const code = 'ERR_INVALID_ARG_VALUE';
  assert.deepStrictEqual(statement.get({ a: 1, b: 'of old' }), { a: 1, b: 'of old' });
  for (const [given, message] of [
    [[{ a: 10, $a: 11 }], "the parameter '$a' is given twice"],
    [[{ a: 10 }, 5], "the parameter '$b' has no value"],
    [[{ a: 10 }], 'the statement has 2 parameters, and got 1 values'],
    [[{ a: 10, b: 1 }, 5], 'the statement has 2 parameters, and got 3 values'],
  ]) {
    assert.throws(() => statement.get(...given), { code, message });
    await assert.rejects(db.async.get(sql, ...given), { code, message });
    await assert.rejects(db.async.batch([[sql, ...given]]), { code, message });
  }
  assert.deepStrictEqual(statement.get({ $a: 1, b: 2 }), { a: 1, b: 2 });
  assert.throws(() => db.query('SELECT ?1, ?2').get({ '?1': 1 }, 2), {
    code, message: "the parameter '?1' is given twice",
  });
  assert.deepStrictEqual(db.query('SELECT :a AS a, ? AS b').get({ a: 1 }, 2), { a: 1, b: 2 });

  // Node.js takes the last.
  const node = new DatabaseSync(':memory:').prepare(sql);
  assert.deepStrictEqual({ ...node.get({ a: 10, $a: 11 }) }, { a: 11, b: null });
  db.close();
} finally {
  fs.rmSync(folder, { recursive: true });
}
