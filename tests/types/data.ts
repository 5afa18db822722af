// What the types of krandog:sqlite and krandog:kv let pass, and what not.

import { History } from 'krandog:history';
import { SqliteHistory } from 'krandog:history/sqlite';
import { Hub } from 'krandog:hub';
import { openKv } from 'krandog:kv';
import { Database } from 'krandog:sqlite';
import { DatabaseSync } from 'node:sqlite';

interface Person {
  name: string;
  age: number;
}

const db = new Database('a.db', { synchronous: 'full', busyTimeout: 100 });
// @ts-expect-error: there is no such option
new Database('a.db', { readOnly: true });
const insert = db.prepare('INSERT INTO people VALUES (?, $age)');
insert.run({ age: 5 }, 'Ada');
insert.run('Ada', null, 5n, new Uint8Array(1), true);
// @ts-expect-error: SQLite has no such value
insert.run(new Date());
const ada: Person | undefined = db.query('SELECT * FROM people').get<Person>();
for (const { age } of db.query('SELECT * FROM people').iterate<Person>()) age.toFixed();
const add = db.transaction((name: string, age: number) => insert.run(name, age).changes);
const changes: number | bigint = add.deferred('Ada', 36);
// @ts-expect-error: the function takes two
add('Ada');
db.function('twice', { deterministic: true }, (x: number) => x * 2);
db.aggregate('sum', { start: 0, step: (sum, x: number) => sum + x });
const people: Promise<Person[]> = db.async.all<Person>('SELECT * FROM people WHERE age > ?', 18);
db.async.batch([['DELETE FROM people WHERE age > ?', 5], ['VACUUM']]);

const history: Pick<History, 'publish' | 'position' | 'clear'> = new SqliteHistory(new Hub(), db);
history.publish('a', 1);

const kv = openKv();
const count: Promise<number | undefined> = kv.get<number>('count');
kv.set('a', 1, { ttl: 5, ifVersion: null });
kv.atomic().check('a', null).set('a', 1).delete('b').commit().then(({ ok }) => ok);
kv.watch<number>({ prefix: 'a' }, ({ value }) => value?.toFixed());
// @ts-expect-error: a prefix goes into an object
kv.watch(5);

const node = new DatabaseSync(':memory:', { readOnly: true });
// @ts-expect-error: Node.js takes no booleans
node.prepare('SELECT ?').get(true);

export { ada, changes, count, people };
