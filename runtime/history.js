// krandog:history: what was published to a room lately, so that a socket that comes back gets what it
// has missed, or is told that this is not possible. A position is an epoch and an offset: the epoch
// says which history of the room is meant, the offset counts its messages.

import { wrongType } from 'internal:errors';
import { asText, sendAll } from 'internal:history_common';
import { Hub } from 'krandog:hub';
import { checkRoom, readHistory, readJoin } from 'ops:krandog:history';

// Unlike those of another process, or of this one at another time.
const ERA = Math.trunc(Date.now() * 1000 + Math.random() * 1000).toString(36);

let epochs = 0;

function sizeOf(message) {
  // The engine keeps a text in one or two bytes a unit.
  return typeof message === 'string' ? message.length * 2 : message.byteLength ?? message.size;
}

// A buffer is the script's, which may go on writing into it.
function kept(message) {
  if (typeof message === 'string' || message instanceof Blob) return message;
  if (message instanceof ArrayBuffer) return message.slice(0);
  if (ArrayBuffer.isView(message)) {
    const { buffer, byteOffset, byteLength } = message;
    return new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
  }
  throw wrongType('result of encode', 'a string, an ArrayBuffer, a view of one or a Blob', message);
}

// The messages of one room, of which the last one has the offset `offset`.
class Log {
  epoch;
  offset = 0;
  bytes = 0;
  // Messages from the index `#first` on, with the time and the size of each.
  #messages = [];
  #first = 0;

  constructor() {
    epochs += 1;
    this.epoch = `${ERA}-${epochs}`;
  }

  get count() {
    return this.#messages.length - this.#first;
  }

  get firstAt() {
    return this.#messages[this.#first].at;
  }

  get lastAt() {
    return this.#messages.at(-1).at;
  }

  add(message, bytes, at) {
    this.offset += 1;
    this.#messages.push({ message, bytes, at });
    this.bytes += bytes;
  }

  // Drops the oldest message, and tells how many bytes that was.
  drop() {
    const { bytes } = this.#messages[this.#first];
    this.#messages[this.#first] = undefined;
    this.#first += 1;
    this.bytes -= bytes;
    if (this.#first * 2 > this.#messages.length) {
      this.#messages.splice(0, this.#first);
      this.#first = 0;
    }
    return bytes;
  }

  forget() {
    this.#messages = [];
    this.#first = 0;
    this.bytes = 0;
  }

  last(count) {
    const from = Math.max(this.#first, this.#messages.length - count);
    return this.#messages.slice(from).map(({ message }) => message);
  }
}

/** The latest messages of rooms. */
export class History {
  #hub;
  #encode;
  #messages;
  #age;
  #bytes;
  #totalBytes;
  #rooms;
  // By name, the one that was published to longest ago first.
  #kept = new Map();
  // Those of which only the position is left.
  #empty = new Map();
  #total = 0;

  constructor(hub, options) {
    if (!(hub instanceof Hub)) throw wrongType('hub', 'an instance of Hub', hub);
    this.#hub = hub;
    let encode;
    [this.#messages, this.#age, this.#bytes, this.#totalBytes, this.#rooms, encode]
      = readHistory(options);
    this.#encode = encode ?? asText;
  }

  get rooms() {
    return this.#kept.size + this.#empty.size;
  }

  get bytes() {
    return this.#total;
  }

  // Sends to a room, and keeps it. Returns what `hub.publish` does, and the position.
  publish(room, data, options) {
    const known = this.#logOf(room);
    const log = known ?? this.#begin(room);
    const { epoch } = log;
    const offset = log.offset + 1;
    const message = kept(this.#encode(data, { room, epoch, offset }));
    if (this.#logOf(room) !== known || log.offset + 1 !== offset) {
      throw new Error(`encode published to the room '${room}', for which it was called`);
    }
    const now = performance.now();
    this.#expire(now);
    // What the hub refuses is not kept.
    const result = this.#hub.publish(room, message, options);
    const bytes = sizeOf(message);
    log.add(message, bytes, now);
    this.#total += bytes;
    this.#kept.delete(room);
    this.#empty.delete(room);
    this.#kept.set(room, log);
    this.#shrink(room, log);
    return { ...result, epoch, offset };
  }

  // Puts a socket into a room, and sends it what it has missed since a position that it knows, or the
  // last few messages.
  join(ws, room, options) {
    const [since, last] = readJoin(options);
    this.#hub.join(ws, room);
    const { status, epoch, offset, messages } = this.since(room, since);
    const missed = status === 'recovered' ? messages : this.#kept.get(room)?.last(last) ?? [];
    return { status, epoch, offset, sent: sendAll(this.#hub, ws, missed) };
  }

  // What came after a position, which may be anything that a peer has sent.
  since(room, position) {
    const now = performance.now();
    this.#expire(now);
    const { epoch, offset } = this.position(room);
    const log = this.#kept.get(room);
    if (log) this.#expireIn(log, now);
    const nothing = { status: 'fresh', epoch, offset, messages: [] };
    if (position === undefined || position === null) return nothing;
    const missed = position.epoch === epoch && Number.isSafeInteger(position.offset)
      ? offset - position.offset
      : -1;
    if (missed < 0 || missed > (log?.count ?? 0)) return { ...nothing, status: 'lost' };
    return { ...nothing, status: 'recovered', messages: log?.last(missed) ?? [] };
  }

  // Where a room is: the epoch and the offset of its last message.
  position(room) {
    let log = this.#logOf(room);
    if (log === undefined) {
      log = this.#begin(room);
      this.#empty.set(room, log);
      this.#forgetRooms();
    }
    return { epoch: log.epoch, offset: log.offset };
  }

  // Forgets the messages of a room: nobody can recover what came before.
  clear(room) {
    const log = this.#logOf(room);
    this.#total -= log?.bytes ?? 0;
    this.#kept.delete(room);
    this.#empty.delete(room);
    return log !== undefined;
  }

  #logOf(room) {
    return this.#kept.get(room) ?? this.#empty.get(room);
  }

  // The log of a room that it does not know: a name may come from a peer, and is kept.
  #begin(room) {
    checkRoom(this.#hub, room);
    return new Log();
  }

  // Rooms to which nothing has been published for so long keep their position alone.
  #expire(now) {
    for (const [room, log] of this.#kept) {
      if (log.lastAt + this.#age > now) return;
      this.#total -= log.bytes;
      log.forget();
      this.#settle(room, log);
    }
  }

  // Messages that have waited for too long, of a room that is looked at.
  #expireIn(log, now) {
    while (log.count > 0 && log.firstAt + this.#age <= now) this.#total -= log.drop();
  }

  // A room without messages keeps its position alone.
  #settle(room, log) {
    if (log.count > 0) return;
    this.#kept.delete(room);
    this.#empty.set(room, log);
  }

  // Keeps a room that was just published to, and all of them together, within the limits.
  #shrink(room, log) {
    while (log.count > this.#messages || log.bytes > this.#bytes) this.#total -= log.drop();
    this.#settle(room, log);
    while (this.#total > this.#totalBytes) {
      const [[name, oldest]] = this.#kept;
      this.#total -= oldest.drop();
      this.#settle(name, oldest);
    }
    this.#forgetRooms();
  }

  #forgetRooms() {
    while (this.rooms > this.#rooms) {
      const from = this.#empty.size > 0 ? this.#empty : this.#kept;
      const [[room, oldest]] = from;
      this.#total -= oldest.bytes;
      from.delete(room);
    }
  }
}

export default { History };
