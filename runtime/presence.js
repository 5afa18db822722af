// krandog:presence: who is in a room. A user may have several sockets there, and counts once; one who
// comes back within a moment has not been away.

import { EventEmitter } from 'events';
import { checkString, coded, wrongType } from 'internal:errors';
import { Hub } from 'krandog:hub';
import { readPresence } from 'ops:krandog:presence';

const OPEN = 1;

function full(what, has, option) {
  return coded(RangeError, 'ERR_OUT_OF_RANGE',
    `cannot join: ${what} has ${has} already, as many as the option ${option} of Presence allows`);
}

// What is shown of somebody. `info` is the script's, and is not looked into.
function shown({ id, info, since, sockets }) {
  return { id, info, since, sockets: sockets.size };
}

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

  constructor(hub, options) {
    super();
    if (!(hub instanceof Hub)) throw wrongType('hub', 'an instance of Hub', hub);
    this.#hub = hub;
    [this.#grace, this.#maxMembers, this.#maxIdLength] = readPresence(options);
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
    const known = this.#rooms.get(room)?.get(id);
    const before = this.#sockets.get(ws)?.places.get(room);
    const isOther = before !== undefined && before !== known;
    const makesRoom = isOther && before.sockets.size === 1 ? 1 : 0;
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
      member.info = info;
      news.push(['update', room, member]);
    }
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
    member.info = info;
    this.#tell([['update', room, member]]);
    return true;
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

  #add(room, id, info) {
    const member = { id, info, since: Date.now(), sockets: new Set(), timer: undefined };
    let members = this.#rooms.get(room);
    if (members === undefined) {
      members = new Map();
      this.#rooms.set(room, members);
    }
    members.set(id, member);
    return member;
  }

  // Its user has one socket less. True if that was the last one, and the user is gone.
  #takeOut(ws, room, member) {
    member.sockets.delete(ws);
    if (member.sockets.size > 0) return false;
    this.#remove(room, member);
    return true;
  }

  #remove(room, member) {
    const members = this.#rooms.get(room);
    members.delete(member.id);
    if (members.size === 0) this.#rooms.delete(room);
    clearTimeout(member.timer);
  }

  // Whatever a listener throws, the others hear of everybody.
  #tell(news, at = 0) {
    if (at === news.length) return;
    const [event, room, member] = news[at];
    try {
      this.emit(event, room, shown(member));
    } finally {
      this.#tell(news, at + 1);
    }
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
      if (member.sockets.size > 0) continue;
      const remove = () => this.#remove(room, member);
      if (this.#grace === 0) {
        remove();
        left.push(['leave', room, member]);
        continue;
      }
      member.timer = setTimeout(() => {
        remove();
        this.#tell([['leave', room, member]]);
      }, this.#grace);
      member.timer.unref();
    }
    this.#tell(left);
  }
}

export default { Presence };
