// krandog:history/nats: the same as krandog:history for several processes: what was published to a
// room is kept in a stream of JetStream, and whoever comes back to another node gets what it has
// missed. Each room is a subject of one stream. A position is the stream (the epoch), and the
// sequence of a message in it (the offset). Spec: ADR-8, ADR-31 and the API of JetStream.

import { coded, wrongType } from 'internal:errors';
import { asText, join, toJson } from 'internal:history_common';
import { Hub } from 'krandog:hub';
import { checkRoom, readJoin, readNatsHistory, subjectOfRoom } from 'ops:krandog:history/nats';

const NOT_FOUND = 404;
const STREAM_NAME_TAKEN = 10_058;
// A field of the message with which a room begins.
const BEGUN = 'Krandog-Begun';
// Whoever reads what was missed is done with it sooner.
const CONSUMER_IDLE_NS = 10e9;
const READ_TIMEOUT = 5000;

/** The latest messages of rooms, in JetStream. */
export class NatsHistory {
  #hub;
  #nats;
  #messages;
  #age;
  #prefix;
  #stream;
  #replicas;
  #encode;
  // A promise of the epoch, once the stream was asked for.
  #epoch;

  constructor(hub, nats, options) {
    if (!(hub instanceof Hub)) throw wrongType('hub', 'an instance of Hub', hub);
    if (typeof nats?.request !== 'function') {
      throw wrongType('nats', 'a client of krandog:nats', nats);
    }
    this.#hub = hub;
    this.#nats = nats;
    let encode;
    [this.#messages, this.#age, this.#prefix, this.#stream, this.#replicas, encode]
      = readNatsHistory(options);
    this.#encode = encode ?? asText;
  }

  // Keeps a message, and sends it to a room then: what has a position is there for who comes back.
  async publish(room, data, options) {
    checkRoom(this.#hub, room);
    const text = toJson(data);
    const epoch = await this.#begun();
    const offset = await this.#append(room, text);
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
    const known = position.epoch === epoch && Number.isSafeInteger(position.offset)
      && position.offset > 0 && position.offset <= offset;
    // A room loses its oldest messages first: where this one is kept, so are those after it.
    if (!known || !await this.#keeps(room, position.offset)) return { ...nothing, status: 'lost' };
    const entries = await this.#entries(room, position.offset + 1, offset);
    return { ...nothing, status: 'recovered', messages: this.#encoded(room, epoch, entries) };
  }

  // Where a room is: the epoch, and the offset of its last message.
  async position(room) {
    checkRoom(this.#hub, room);
    const epoch = await this.#begun();
    const last = await this.#get({ last_by_subj: this.#subject(room) });
    const offset = last ? last.seq : await this.#append(room, '', { [BEGUN]: '1' });
    return { epoch, offset };
  }

  // Forgets the messages of a room: nobody can recover what came before.
  async clear(room) {
    checkRoom(this.#hub, room);
    await this.#begun();
    const { purged } = await this.#call('STREAM.PURGE', { filter: this.#subject(room) });
    return purged > 0;
  }

  #subject(room) {
    return `${this.#prefix}.history.${subjectOfRoom(room)}`;
  }

  // The epoch of the stream, which is made if it is not there: when that was.
  #begun() {
    this.#epoch ??= this.#begin().catch((error) => {
      this.#epoch = undefined;
      throw error;
    });
    return this.#epoch;
  }

  async #begin() {
    const wanted = {
      name: this.#stream,
      subjects: [`${this.#prefix}.history.>`],
      // And the one with which a room begins.
      max_msgs_per_subject: this.#messages + 1,
      max_age: this.#age * 1e6,
      num_replicas: this.#replicas,
    };
    let made;
    try {
      made = await this.#call('STREAM.CREATE', wanted);
    } catch (error) {
      if (error.errorCode !== STREAM_NAME_TAKEN) throw error;
      made = await this.#call('STREAM.INFO');
    }
    return made.created;
  }

  async #append(room, text, headers) {
    const reply = await this.#nats.request(this.#subject(room), text, { headers });
    return this.#checked(reply.json(), 'publish').seq;
  }

  async #keeps(room, offset) {
    const message = await this.#get({ seq: offset });
    return message?.subject === this.#subject(room);
  }

  // One message of the stream; undefined if it is not there.
  async #get(which) {
    try {
      return (await this.#call('STREAM.MSG.GET', which)).message;
    } catch (error) {
      if (error.status === NOT_FOUND) return undefined;
      throw error;
    }
  }

  async #last(room, epoch, offset, count) {
    const entries = await this.#entries(room, 1, offset);
    return this.#encoded(room, epoch, entries.slice(-count));
  }

  // The messages of a room from one sequence to another: read once, by a consumer of their own.
  async #entries(room, from, to) {
    if (from > to) return [];
    const { name, num_pending: pending } = await this.#call('CONSUMER.CREATE', {
      stream_name: this.#stream,
      config: {
        deliver_policy: 'by_start_sequence',
        opt_start_seq: from,
        filter_subject: this.#subject(room),
        ack_policy: 'none',
        inactive_threshold: CONSUMER_IDLE_NS,
        mem_storage: true,
      },
    });
    try {
      return pending > 0 ? await this.#read(name, pending, to) : [];
    } finally {
      await this.#call(`CONSUMER.DELETE.${this.#stream}.${name}`, undefined, '');
    }
  }

  async #read(consumer, count, to) {
    const inbox = `_INBOX.${crypto.randomUUID().replaceAll('-', '')}`;
    const subscription = this.#nats.subscribe(inbox);
    const late = setTimeout(() => subscription.unsubscribe(), READ_TIMEOUT);
    const entries = [];
    try {
      const next = `$JS.API.CONSUMER.MSG.NEXT.${this.#stream}.${consumer}`;
      this.#nats.publish(next, JSON.stringify({ batch: count, no_wait: true }), { reply: inbox });
      for await (const message of subscription) {
        if (message.status !== undefined) return entries;
        // $JS.ACK.stream.consumer.delivered.sequence.…, in newer servers with two more in front.
        const parts = message.reply.split('.');
        const offset = Number(parts.at(parts.length > 9 ? 7 : 5));
        if (offset <= to && message.headers[BEGUN] === undefined) {
          entries.push({ offset, data: message.json() });
        }
        count -= 1;
        if (count === 0) return entries;
      }
    } finally {
      clearTimeout(late);
      subscription.unsubscribe();
    }
    throw coded(Error, 'ERR_NATS_TIMEOUT',
      `the stream ${this.#stream} has sent ${entries.length} messages in ${READ_TIMEOUT} ms`);
  }

  #encoded(room, epoch, entries) {
    return entries.map(({ offset, data }) => this.#encode(data, { room, epoch, offset }));
  }

  async #call(what, request, stream = `.${this.#stream}`) {
    const body = request === undefined ? undefined : JSON.stringify(request);
    let reply;
    try {
      reply = await this.#nats.request(`$JS.API.${what}${stream}`, body);
    } catch (error) {
      if (error.code !== 'ERR_NATS_NO_RESPONDERS') throw error;
      throw coded(Error, 'ERR_NATS_JETSTREAM',
        'the NATS server has no JetStream: start it with -js, or with jetstream in its configuration');
    }
    return this.#checked(reply.json(), what);
  }

  #checked(reply, what) {
    if (reply.error === undefined) return reply;
    const { code, err_code: errorCode, description } = reply.error;
    const error = coded(Error, 'ERR_NATS_JETSTREAM', `${what} of ${this.#stream}: ${description}`);
    throw Object.assign(error, { status: code, errorCode });
  }
}

export default { NatsHistory };
