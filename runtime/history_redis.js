// krandog:history/redis: the same as krandog:history for several processes: what was published to a
// room is kept in a stream of Redis, and whoever comes back to another node gets what it has missed.
// The ID of an entry is the position: the epoch of the room, and the offset in it.

import { coded, wrongType } from 'internal:errors';
import { asText, join, toJson } from 'internal:history_common';
import { Hub } from 'krandog:hub';
import { checkRoom, readJoin, readRedisHistory } from 'ops:krandog:history/redis';

// How often a message is tried again when the stream of its room is made anew meanwhile.
const TRIES = 5;

function positionOf(id) {
  const [epoch, offset] = id.split('-');
  return { epoch, offset: Number(offset) };
}

/** The latest messages of rooms, in Redis. */
export class RedisHistory {
  #hub;
  #redis;
  #messages;
  #age;
  #prefix;
  #encode;
  // What is known of the epochs of rooms, those that were used longest ago first.
  #epochs = new Map();
  #rooms;

  constructor(hub, redis, options) {
    if (!(hub instanceof Hub)) throw wrongType('hub', 'an instance of Hub', hub);
    if (typeof redis?.xadd !== 'function') {
      throw wrongType('redis', 'a client of krandog:redis', redis);
    }
    this.#hub = hub;
    this.#redis = redis;
    let encode;
    [this.#messages, this.#age, this.#rooms, this.#prefix, encode] = readRedisHistory(options);
    this.#encode = encode ?? asText;
  }

  // Keeps a message, and sends it to a room then: what has a position is there for who comes back.
  async publish(room, data, options) {
    checkRoom(this.#hub, room);
    const text = toJson(data);
    const { epoch, offset } = await this.#append(room, text);
    const message = this.#encode(data, { room, epoch, offset });
    return { ...this.#hub.publish(room, message, options), epoch, offset };
  }

  // Puts a socket into a room, and sends it what it has missed since a position that it knows.
  async join(ws, room, options) {
    const latest = ({ epoch, offset }, count) => this.#last(room, epoch, offset, count);
    return join(this, this.#hub, readJoin(options), ws, room, latest);
  }

  // What came after a position, which may be anything that a peer has sent.
  async since(room, position) {
    const { epoch, offset } = await this.position(room);
    const nothing = { status: 'fresh', epoch, offset, messages: [] };
    if (position === undefined || position === null) return nothing;
    const missed = position.epoch === epoch && Number.isSafeInteger(position.offset)
      ? offset - position.offset
      : -1;
    if (missed < 0 || position.offset < 0 || missed > this.#messages) {
      return { ...nothing, status: 'lost' };
    }
    const entries = await this.#entries(room, epoch, position.offset + 1, offset);
    if (entries.length < missed) return { ...nothing, status: 'lost' };
    return { ...nothing, status: 'recovered', messages: this.#encoded(room, entries) };
  }

  // Where a room is: the epoch and the offset of its last message.
  async position(room) {
    checkRoom(this.#hub, room);
    const [latest] = await this.#redis.xrevrange(this.#key(room), '+', '-', 'COUNT', 1);
    if (latest) return positionOf(latest[0]);
    return this.#begin(room);
  }

  // Forgets the messages of a room: nobody can recover what came before.
  async clear(room) {
    this.#epochs.delete(room);
    return await this.#redis.del(this.#key(room)) > 0;
  }

  #key(room) {
    return `${this.#prefix}:history:${room}`;
  }

  // A new stream, whose first entry is none but the beginning. Another node may be faster.
  async #begin(room) {
    const begun = `${Math.max(Date.now(), Number(this.#epochs.get(room) ?? 0) + 1)}-0`;
    try {
      await this.#redis.xadd(this.#key(room), begun, 'begun', '');
      await this.#redis.pexpire(this.#key(room), this.#age);
      return positionOf(begun);
    } catch (error) {
      if (!/equal or smaller/.test(error.message)) throw error;
      const [latest] = await this.#redis.xrevrange(this.#key(room), '+', '-', 'COUNT', 1);
      if (!latest) throw error;
      return positionOf(latest[0]);
    }
  }

  async #append(room, text) {
    const key = this.#key(room);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const epoch = this.#epochs.get(room) ?? (await this.position(room)).epoch;
      this.#remember(room, epoch);
      try {
        const [[failed, id]] = await this.#redis.pipeline()
          .xadd(key, 'NOMKSTREAM', 'MAXLEN', this.#messages, `${epoch}-*`, 'data', text)
          .pexpire(key, this.#age)
          .exec();
        if (failed) throw failed;
        if (id !== null) return positionOf(id);
      } catch (error) {
        if (!/equal or smaller/.test(error.message)) throw error;
      }
      // It is gone, or another one.
      const { epoch: now } = await this.position(room);
      this.#remember(room, now);
    }
    throw coded(Error, 'ERR_HISTORY_BUSY', `the stream of the room '${room}' changes all the time`);
  }

  #remember(room, epoch) {
    this.#epochs.delete(room);
    this.#epochs.set(room, epoch);
    if (this.#epochs.size > this.#rooms) this.#epochs.delete(this.#epochs.keys().next().value);
  }

  async #last(room, epoch, offset, count) {
    const from = Math.max(1, offset - Math.min(count, this.#messages) + 1);
    return this.#encoded(room, await this.#entries(room, epoch, from, offset));
  }

  async #entries(room, epoch, from, to) {
    if (from > to) return [];
    const all = await this.#redis.xrange(this.#key(room), `${epoch}-${from}`, `${epoch}-${to}`);
    return all.filter(([, [field]]) => field === 'data');
  }

  #encoded(room, entries) {
    return entries.map(([id, [, text]]) => (
      this.#encode(JSON.parse(text), { room, ...positionOf(id) })
    ));
  }
}

export default { RedisHistory };
