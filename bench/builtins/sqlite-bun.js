// 100 000 rows in one transaction.
import { Database } from 'bun:sqlite';

const db = new Database(':memory:');
db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, value REAL)');
const insert = db.prepare('INSERT INTO t (name, value) VALUES (?, ?)');
db.transaction(() => {
  for (let n = 0; n < 100_000; n += 1) insert.run(`name ${n}`, n / 2);
})();
if (db.prepare('SELECT count(*) AS rows FROM t').get().rows !== 100_000) throw new Error('rows');
