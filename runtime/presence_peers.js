// presence_peers: what the Presences of hubs on one bus tell each other. Each speaks for its own
// users, counts what it says, and is asked for all of them by whoever has missed something. Loaded
// when a hub has a bus.

import { coded } from 'internal:errors';
import { castLine, closeLine, peerLimits } from 'ops:internal:presence_peers';

const VERSION = 1;

const [MAX_PEERS, MAX_ELSEWHERE, MAX_INFO, PART, PAUSE, SILENT_BEATS] = peerLimits();

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const randomPart = () => Math.random().toString(36).slice(2, 12);

function jsonOf(info) {
  try {
    return JSON.stringify(info) ?? 'null';
  } catch {
    return 'null';
  }
}

/** The JSON of what is known of a user. Throws if others cannot be told. */
export function checkInfo(info) {
  let json;
  try {
    json = JSON.stringify(info) ?? 'null';
  } catch (cause) {
    throw coded(TypeError, 'ERR_INVALID_ARG_VALUE',
      `info must be JSON, since the hub has a bus: ${cause.message}`);
  }
  if (json.length > MAX_INFO) {
    throw coded(RangeError, 'ERR_OUT_OF_RANGE',
      `info has ${json.length} characters of JSON, more than the ${MAX_INFO} that go over a bus`);
  }
}

/** Whether the info of another place takes the place of what is known: the later one, everywhere. */
export function isNewer(at, info, member) {
  if (at !== member.at) return at > member.at;
  return jsonOf(info) > jsonOf(member.info);
}

/** Others, as one Presence knows them. */
export class Peers {
  #id = randomPart() + randomPart();
  #line;
  #beat;
  #owner;
  // How often it has said something that counts.
  #said = 0;
  // By their ids: { said, heard, beat, asked, parts, users }.
  #peers = new Map();
  #elsewhere = 0;
  #timer;
  #ticked = performance.now();
  #told = -Infinity;
  #telling;

  // `owner` has users(), put(peer, user), drop(peer, room, id), isId(id) and settle().
  constructor(line, beat, owner) {
    this.#line = line;
    this.#beat = beat;
    this.#owner = owner;
    this.#timer = setInterval(() => this.#tick(), beat);
    this.#timer.unref();
    this.#say('want', null);
    if (owner.users().next().done) return;
    // They count as one thing that was said.
    this.#said = 1;
    this.#tellAll();
  }

  // A user of this one has come, or has changed.
  put(room, member) {
    this.#said += 1;
    this.#cast('put', jsonOfUser(room, member));
  }

  drop(room, id) {
    this.#said += 1;
    this.#say('drop', [room, id]);
  }

  close() {
    this.#say('bye', null);
    clearInterval(this.#timer);
    clearTimeout(this.#telling);
    closeLine(this.#line);
    for (const id of [...this.#peers.keys()]) this.#forget(id);
  }

  hear(text) {
    const message = parsed(text);
    if (message === undefined) return;
    const { kind, from, said, beat, what } = message;
    if (from === this.#id) return;
    if (kind === 'bye') {
      this.#forget(from);
    } else {
      const peer = this.#peerOf(from);
      if (peer === undefined) return;
      peer.heard = performance.now();
      peer.beat = beat;
      this.#take(kind, from, peer, said, what);
    }
    this.#owner.settle();
  }

  #take(kind, from, peer, said, what) {
    switch (kind) {
      case 'want':
        if (what === null || what === this.#id) this.#tellAllSoon();
        // Who asks everybody tells of its own users next.
        if (what === null) break;
        // falls through
      case 'beat':
        if (said !== peer.said) this.#ask(from, peer);
        break;
      case 'put':
      case 'drop':
        if (said <= peer.said) break;
        if (said !== peer.said + 1) {
          this.#ask(from, peer);
          break;
        }
        peer.said = said;
        if (kind === 'put') this.#put(from, peer, what);
        else if (Array.isArray(what)) this.#drop(from, peer, what[0], what[1]);
        break;
      case 'part':
        this.#takePart(from, peer, said, what);
        break;
      default:
        break;
    }
  }

  // All users of a peer, in several messages.
  #takePart(from, peer, said, part) {
    if (said <= peer.said || !Array.isArray(part?.users)) return;
    if (part.index === 0) peer.parts = { said, next: 0, users: [] };
    const { parts } = peer;
    if (parts?.said !== said || parts.next !== part.index) return;
    parts.next += 1;
    for (const user of part.users) {
      if (parts.users.length < MAX_ELSEWHERE) parts.users.push(user);
    }
    if (part.isLast !== true) return;
    peer.parts = undefined;
    peer.said = said;
    const before = peer.users;
    const left = new Set();
    for (const [room, ids] of before) for (const id of ids) left.add(JSON.stringify([room, id]));
    for (const user of parts.users) {
      if (this.#put(from, peer, user)) left.delete(JSON.stringify([user[0], user[1]]));
    }
    for (const key of left) this.#drop(from, peer, ...JSON.parse(key));
  }

  #put(from, peer, user) {
    if (!Array.isArray(user)) return false;
    const [room, id, info, at, since, sockets] = user;
    const isUser = typeof room === 'string' && this.#owner.isId(id)
      && isCount(at) && isCount(since) && isCount(sockets);
    if (!isUser) return false;
    let ids = peer.users.get(room);
    if (!ids?.has(id)) {
      if (this.#elsewhere >= MAX_ELSEWHERE) return false;
      this.#elsewhere += 1;
      if (ids === undefined) peer.users.set(room, ids = new Set());
      ids.add(id);
    }
    this.#owner.put(from, { room, id, info, at, since, sockets });
    return true;
  }

  #drop(from, peer, room, id) {
    const ids = peer.users.get(room);
    if (!ids?.delete(id)) return;
    this.#elsewhere -= 1;
    if (ids.size === 0) peer.users.delete(room);
    this.#owner.drop(from, room, id);
  }

  #peerOf(id) {
    let peer = this.#peers.get(id);
    if (peer === undefined && this.#peers.size < MAX_PEERS) {
      // Who has not said anything has nobody.
      peer = { said: 0, heard: 0, beat: 0, asked: -Infinity, parts: undefined, users: new Map() };
      this.#peers.set(id, peer);
    }
    return peer;
  }

  #forget(id) {
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    this.#peers.delete(id);
    for (const [room, ids] of peer.users) {
      for (const user of [...ids]) this.#drop(id, peer, room, user);
    }
  }

  // Something is missing of what a peer has said.
  #ask(id, peer) {
    const now = performance.now();
    if (now - peer.asked < Math.min(PAUSE, this.#beat / 2)) return;
    peer.asked = now;
    this.#say('want', id);
  }

  #tick() {
    const now = performance.now();
    // A loop that was busy has not heard anybody: they are given the time anew.
    const wasAway = now - this.#ticked > 2 * this.#beat;
    this.#ticked = now;
    for (const [id, peer] of [...this.#peers]) {
      if (wasAway) peer.heard = now;
      else if (now - peer.heard > SILENT_BEATS * peer.beat) this.#forget(id);
    }
    this.#say('beat', null);
    this.#owner.settle();
  }

  // However many ask, they are answered once.
  #tellAllSoon() {
    if (this.#telling !== undefined) return;
    const wait = this.#told + PAUSE - performance.now();
    if (wait <= 0) {
      this.#tellAll();
      return;
    }
    this.#telling = setTimeout(() => this.#tellAll(), wait);
    this.#telling.unref();
  }

  #tellAll() {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#told = performance.now();
    let [index, users, length] = [0, [], 0];
    const send = (isLast) => {
      this.#cast('part', `{"index":${index},"isLast":${isLast},"users":[${users.join(',')}]}`);
      [index, users, length] = [index + 1, [], 0];
    };
    for (const [room, member] of this.#owner.users()) {
      const json = jsonOfUser(room, member);
      if (length > 0 && length + json.length > PART) send(false);
      users.push(json);
      length += json.length;
    }
    send(true);
  }

  #say(kind, what) {
    this.#cast(kind, JSON.stringify(what));
  }

  #cast(kind, json) {
    const head = `${VERSION},"${kind}","${this.#id}",${this.#said},${this.#beat}`;
    castLine(this.#line, `[${head},${json}]`);
  }
}

function jsonOfUser(room, { id, info, at, since, sockets }) {
  const [head, tail] = [JSON.stringify([room, id]), JSON.stringify([at, since, sockets.size])];
  return `${head.slice(0, -1)},${jsonOf(info)},${tail.slice(1)}`;
}

// A message of a peer, if it is one.
function parsed(text) {
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(message)) return undefined;
  const [version, kind, from, said, beat, what] = message;
  const isOurs = version === VERSION && typeof kind === 'string' && typeof from === 'string'
    && from.length <= 64 && isCount(said) && isCount(beat) && beat > 0;
  return isOurs ? { kind, from, said, beat, what } : undefined;
}
