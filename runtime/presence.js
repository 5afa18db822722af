// krandog:presence: who is in a room. A user may have several sockets there, and counts once; one who
// comes back within a moment has not been away. Where the hub has a bus, users of other threads and
// processes count too: `presence_peers` speaks with those.

import { EventEmitter } from 'events';
import { checkString, coded, wrongType } from 'internal:errors';
import { Hub } from 'krandog:hub';
import { load, openLine, readPresence } from 'ops:krandog:presence';

const OPEN = 1;

// How many of a hub have no name: the first, the second and so on are those of other threads too.
const unnamed = new WeakMap();

function lineName(hub, name) {
  if (name !== '') return `presence/${name}`;
  const number = (unnamed.get(hub) ?? 0) + 1;
  unnamed.set(hub, number);
  return `presence#${number}`;
}

function full(what, has, option) {
  return coded(RangeError, 'ERR_OUT_OF_RANGE',
    `cannot join: ${what} has ${has} already, as many as the option ${option} of Presence allows`);
}

// What is shown of somebody. `info` is the script's, and is not looked into.
function shown({ id, info, since, sockets, others }) {
  let count = sockets.size;
  if (others !== undefined) for (const elsewhere of others.values()) count += elsewhere;
  return { id, info, since, sockets: count };
}

const isElsewhere = ({ others }) => others !== undefined && [...others.values()].some(Boolean);
const hasOthers = ({ others }) => others !== undefined && others.size > 0;

/** Who is in which room of a hub. Emits `join`, `update` and `leave`. */
export class Presence extends EventEmitter {
  #hub;
  #grace;
  #maxMembers;
  #maxIdLength;
  // By room: members by id.
  #rooms = new Map();
  // By socket: the member that it is, by room; and what hears its close.
  #sockets = new Map();
  // Others hear of it on a line, once its hub has a bus.
  #line;
  #heartbeat;
  #peers;
  #checkInfo;
  #isNewer;
  // What they have said, and no listener has been told.
  #news = [];

  constructor(hub, options) {
    super();
    if (!(hub instanceof Hub)) throw wrongType('hub', 'an instance of Hub', hub);
    this.#hub = hub;
    let name;
    [this.#grace, this.#maxMembers, this.#maxIdLength, name, this.#heartbeat] =
      readPresence(options);
    this.#line = openLine(hub, lineName(hub, name), Presence.#hearing(new WeakRef(this)));
    if (hub.bus !== null) this.#connect();
  }

  // A line is no reason to keep one that nobody uses.
  static #hearing(weak) {
    return (text) => {
      const presence = weak.deref();
      if (presence !== undefined) presence.#hear(text);
    };
  }

  // Puts a socket into a room of the hub, for the user `id`. True if nobody was there for that user.
  join(ws, room, id, info = null) {
    checkString(id, 'id');
    if (id === '' || id.length > this.#maxIdLength) {
      throw coded(RangeError, 'ERR_OUT_OF_RANGE',
        `the id of a user has ${id.length} characters, and must have 1 to ${this.#maxIdLength} `
        + '(option maxIdLength of Presence)');
    }
    if (!(ws instanceof WebSocket)) throw wrongType('ws', 'a WebSocket', ws);
    if (ws.readyState !== OPEN) return false;
    this.#checkInfo?.(info);
    const known = this.#rooms.get(room)?.get(id);
    const before = this.#sockets.get(ws)?.places.get(room);
    const isOther = before !== undefined && before !== known;
    const makesRoom = isOther && before.sockets.size === 1 && !hasOthers(before) ? 1 : 0;
    if (!known && this.count(room) - makesRoom >= this.#maxMembers) {
      throw full('the room', `${this.#maxMembers} members`, 'maxMembers');
    }
    this.#hub.join(ws, room);
    // Whoever is told of it finds everybody in place.
    const news = [];
    if (isOther && this.#takeOut(ws, room, before)) news.push(['leave', room, before]);
    const member = known ?? this.#add(room, id, info);
    clearTimeout(member.timer);
    member.timer = undefined;
    member.sockets.add(ws);
    this.#placesOf(ws).set(room, member);
    if (!known) {
      news.push(['join', room, member]);
    } else if (info !== null && info !== member.info) {
      this.#inform(member, info);
      news.push(['update', room, member]);
    }
    this.#peers?.put(room, member);
    this.#tell(news);
    return !known;
  }

  // Takes a socket out of a room. True if that was the last one of its user, who has left then.
  leave(ws, room) {
    const places = this.#sockets.get(ws)?.places;
    const member = places?.get(room);
    if (member === undefined) return false;
    places.delete(room);
    if (places.size === 0) this.#forget(ws);
    this.#hub.leave(ws, room);
    if (!this.#takeOut(ws, room, member)) return false;
    this.#tell([['leave', room, member]]);
    return true;
  }

  // Other facts about the user that a socket is. True if it is there.
  update(ws, room, info) {
    const member = this.#sockets.get(ws)?.places.get(room);
    if (member === undefined) return false;
    this.#checkInfo?.(info);
    this.#inform(member, info);
    this.#peers?.put(room, member);
    this.#tell([['update', room, member]]);
    return true;
  }

  // Others do not hear of it any more, nor it of them.
  close() {
    this.#peers?.close();
    this.#peers = this.#checkInfo = this.#line = undefined;
    this.#news = [];
  }

  // Everybody who is in a room, with those who may come back.
  members(room) {
    return [...this.#rooms.get(room)?.values() ?? []].map(shown);
  }

  get(room, id) {
    const member = this.#rooms.get(room)?.get(id);
    return member && shown(member);
  }

  has(room, id) {
    return this.#rooms.get(room)?.has(id) ?? false;
  }

  count(room) {
    return this.#rooms.get(room)?.size ?? 0;
  }

  rooms(ws) {
    return ws === undefined
      ? [...this.#rooms.keys()]
      : [...this.#sockets.get(ws)?.places.keys() ?? []];
  }

  #add(room, id, info, since = Date.now(), at = info === null ? 0 : since) {
    const sockets = new Set();
    const member = { id, info, at, since, sockets, timer: undefined, others: undefined };
    let members = this.#rooms.get(room);
    if (members === undefined) {
      members = new Map();
      this.#rooms.set(room, members);
    }
    members.set(id, member);
    return member;
  }

  // Whatever the clocks of several machines say, this is later than what was known.
  #inform(member, info) {
    member.info = info;
    member.at = Math.max(Date.now(), member.at + 1);
  }

  // Its user has one socket less. True if that was the last one, and the user is gone.
  #takeOut(ws, room, member) {
    member.sockets.delete(ws);
    if (member.sockets.size === 0) return this.#remove(room, member);
    this.#peers?.put(room, member);
    return false;
  }

  // There are no sockets here. True if there are none elsewhere, and the user is gone.
  #remove(room, member) {
    clearTimeout(member.timer);
    member.timer = undefined;
    this.#peers?.drop(room, member.id);
    return !hasOthers(member) && this.#delete(room, member);
  }

  #delete(room, member) {
    const members = this.#rooms.get(room);
    members.delete(member.id);
    if (members.size === 0) this.#rooms.delete(room);
    return true;
  }

  // Whatever a listener throws, the others hear of everybody.
  #tell(news) {
    let failure;
    for (const [event, room, member] of news) {
      try {
        this.emit(event, room, shown(member));
      } catch (error) {
        failure = { error };
      }
    }
    if (failure !== undefined) throw failure.error;
  }

  #placesOf(ws) {
    let entry = this.#sockets.get(ws);
    if (entry === undefined) {
      entry = { places: new Map(), closed: () => this.#closed(ws) };
      this.#sockets.set(ws, entry);
      ws.addEventListener('close', entry.closed, { once: true });
    }
    return entry.places;
  }

  #forget(ws) {
    ws.removeEventListener('close', this.#sockets.get(ws).closed);
    this.#sockets.delete(ws);
  }

  // Its user may be about to come back: a page that is loaded again, a phone that changes networks.
  #closed(ws) {
    const { places } = this.#sockets.get(ws);
    this.#sockets.delete(ws);
    const left = [];
    for (const [room, member] of places) {
      member.sockets.delete(ws);
      if (member.sockets.size > 0) {
        this.#peers?.put(room, member);
        continue;
      }
      if (this.#grace === 0 || isElsewhere(member)) {
        if (this.#remove(room, member)) left.push(['leave', room, member]);
        continue;
      }
      member.timer = setTimeout(() => {
        if (this.#remove(room, member)) this.#tell([['leave', room, member]]);
      }, this.#grace);
      member.timer.unref();
      this.#peers?.put(room, member);
    }
    this.#tell(left);
  }

  #hear(text) {
    // Nothing is said when the hub is given its bus.
    if (text === '') this.#connect();
    else this.#peers?.hear(text);
  }

  #connect() {
    if (this.#peers !== undefined || this.#line === undefined) return;
    const { Peers, checkInfo, isNewer } = load('internal:presence_peers');
    [this.#checkInfo, this.#isNewer] = [checkInfo, isNewer];
    this.#peers = new Peers(this.#line, this.#heartbeat, {
      users: () => this.#users(),
      put: (peer, user) => this.#putOther(peer, user),
      drop: (peer, room, id) => this.#dropOther(peer, room, id),
      isId: (id) => typeof id === 'string' && id !== '' && id.length <= this.#maxIdLength,
      settle: () => this.#tell(this.#news.splice(0)),
    });
  }

  // Those of this one, with those who may come back to it.
  *#users() {
    for (const [room, members] of this.#rooms) {
      for (const member of members.values()) {
        if (member.sockets.size > 0 || member.timer !== undefined) yield [room, member];
      }
    }
  }

  // A user has so many sockets elsewhere.
  #putOther(peer, { room, id, info, at, since, sockets }) {
    const known = this.#rooms.get(room)?.get(id);
    const member = known ?? this.#add(room, id, info, since, at);
    member.others ??= new Map();
    member.others.set(peer, sockets);
    member.since = Math.min(member.since, since);
    if (known === undefined) {
      this.#news.push(['join', room, member]);
    } else if (this.#isNewer(at, info, member)) {
      [member.info, member.at] = [info, at];
      this.#news.push(['update', room, member]);
    }
    // Who has come back elsewhere does not come back here.
    if (member.timer !== undefined && sockets > 0) this.#remove(room, member);
  }

  #dropOther(peer, room, id) {
    const member = this.#rooms.get(room)?.get(id);
    if (!member?.others?.delete(peer)) return;
    if (hasOthers(member) || member.sockets.size > 0 || member.timer !== undefined) return;
    this.#delete(room, member);
    this.#news.push(['leave', room, member]);
  }
}

export default { Presence };
