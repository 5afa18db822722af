// krandog:history/sqlite: the same as krandog:history in a file, so that who comes back after a restart
// gets what they have missed. Everything is done when a call returns.

import { wrongType } from 'internal:errors';
import { asText, sendAll } from 'internal:history_common';
import { Hub } from 'krandog:hub';
import { Database } from 'krandog:sqlite';
import { checkRoom, readJoin, readSqliteHistory } from 'ops:krandog:history/sqlite';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS krandog_rooms (
    room TEXT PRIMARY KEY, epoch TEXT NOT NULL, offset INTEGER NOT NULL, used INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS krandog_rooms_used ON krandog_rooms (used);
  CREATE TABLE IF NOT EXISTS krandog_messages (
    room TEXT NOT NULL, offset INTEGER NOT NULL, at INTEGER NOT NULL, message NOT NULL,
    PRIMARY KEY (room, offset)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS krandog_messages_at ON krandog_messages (at);
`;
// Those of other rooms that one message removes, so that no call takes long.
const SWEPT = 100;

function checkMessage(message) {
  if (typeof message === 'string' || message instanceof ArrayBuffer || ArrayBuffer.isView(message)) {
    return message;
  }
  throw wrongType('result of encode', 'a string, an ArrayBuffer or a view of one', message);
}

/** The latest messages of rooms, in a database. */
export class SqliteHistory {
  #hub;
  #database;
  #messages;
  #age;
  #rooms;
  #encode;
  // Has no sockets: it refuses what the other would, and sends nothing.
  #judge = new Hub();

  constructor(hub, database, options) {
    if (!(hub instanceof Hub)) throw wrongType('hub', 'an instance of Hub', hub);
    if (!(database instanceof Database)) {
      throw wrongType('database', 'an instance of Database', database);
    }
    this.#hub = hub;
    this.#database = database;
    let encode;
    [this.#messages, this.#age, this.#rooms, encode] = readSqliteHistory(options);
    this.#encode = encode ?? asText;
    database.transaction(() => database.exec(SCHEMA))();
  }

  // Keeps a message, and then sends it to a room. What the hub refuses is not kept, and what could not
  // be committed is not sent.
  publish(room, data, options) {
    checkRoom(this.#hub, room);
    const { message, epoch, offset } = this.#keep(room, data, options);
    return { ...this.#hub.publish(room, message, options), epoch, offset };
  }

  #keep(room, data, options) {
    return this.#database.transaction(() => {
      const { epoch, offset: last } = this.position(room);
      const offset = last + 1;
      const message = checkMessage(this.#encode(data, { room, epoch, offset }));
      if (this.position(room).offset !== last) {
        throw new Error(`encode published to the room '${room}', for which it was called`);
      }
      this.#judge.publish(room, message, options);
      const now = Date.now();
      this.#run('UPDATE krandog_rooms SET offset = ?, used = ? WHERE room = ?', offset, now, room);
      this.#run('INSERT INTO krandog_messages VALUES (?, ?, ?, ?)', room, offset, now, message);
      this.#run(
        'DELETE FROM krandog_messages WHERE room = ? AND offset <= ?', room, offset - this.#messages,
      );
      this.#run(
        `DELETE FROM krandog_messages WHERE (room, offset) IN (
          SELECT room, offset FROM krandog_messages WHERE at <= ? LIMIT ${SWEPT})`,
        now - this.#age,
      );
      return { message, epoch, offset };
    })();
  }

  // Puts a socket into a room, and sends it what it has missed since a position that it knows, or the
  // last few messages.
  join(ws, room, options) {
    const [since, last] = readJoin(options);
    this.#hub.join(ws, room);
    const { status, epoch, offset, messages } = this.since(room, since);
    const from = Math.max(offset - last, 0);
    const missed = status === 'recovered' ? messages : this.#after(room, from);
    return { status, epoch, offset, sent: sendAll(this.#hub, ws, missed) };
  }

  // What came after a position, which may be anything that a peer has sent.
  since(room, position) {
    const { epoch, offset } = this.position(room);
    const nothing = { status: 'fresh', epoch, offset, messages: [] };
    if (position === undefined || position === null) return nothing;
    const missed = position.epoch === epoch && Number.isSafeInteger(position.offset)
      ? offset - position.offset
      : -1;
    if (missed < 0 || missed > this.#messages) return { ...nothing, status: 'lost' };
    const messages = this.#after(room, position.offset);
    if (messages.length < missed) return { ...nothing, status: 'lost' };
    return { ...nothing, status: 'recovered', messages };
  }

  // Where a room is: the epoch and the offset of its last message.
  position(room) {
    checkRoom(this.#hub, room);
    const known = this.#get('SELECT epoch, offset FROM krandog_rooms WHERE room = ?', room);
    if (known !== undefined) return known;
    const epoch = `${Date.now().toString(36)}-${Math.trunc(Math.random() * 2 ** 40).toString(36)}`;
    this.#run('INSERT INTO krandog_rooms VALUES (?, ?, 0, ?)', room, epoch, Date.now());
    this.#forgetRooms(room);
    return { epoch, offset: 0 };
  }

  // Forgets the messages of a room: nobody can recover what came before.
  clear(room) {
    checkRoom(this.#hub, room);
    const { changes } = this.#run('DELETE FROM krandog_rooms WHERE room = ?', room);
    this.#run('DELETE FROM krandog_messages WHERE room = ?', room);
    return changes > 0;
  }

  // The oldest go, but for one that has just come. They are counted each time: others change them, and
  // what is done may be rolled back.
  #forgetRooms(latest) {
    const { n } = this.#get('SELECT count(*) AS n FROM krandog_rooms');
    if (n <= this.#rooms) return;
    const oldest = this.#database
      .query('SELECT room FROM krandog_rooms WHERE room <> ? ORDER BY used LIMIT ?')
      .all(latest, n - this.#rooms);
    for (const { room } of oldest) this.clear(room);
  }

  #after(room, offset) {
    return this.#database
      .query(`SELECT message FROM krandog_messages
        WHERE room = ? AND offset > ? AND at > ? ORDER BY offset`)
      .values(room, offset, Date.now() - this.#age)
      .flat();
  }

  #get(sql, ...parameters) {
    return this.#database.query(sql).get(...parameters);
  }

  #run(sql, ...parameters) {
    return this.#database.query(sql).run(...parameters);
  }
}

export default { SqliteHistory };
