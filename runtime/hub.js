// krandog:hub: rooms of WebSockets. Sets and fan-out are native; what is here runs once a hub.

import { EventEmitter } from 'events';
import * as natives from 'ops:krandog:hub';

const { create, setListened, addTap, removeTap, busCounters, ...methods } = natives;

const ROOM_EVENTS = ['occupied', 'vacated'];
const BUS_EVENTS = ['gap', 'bus'];

/** Rooms, and what is published to them. */
export class Hub extends EventEmitter {
  // The object is native. An emitter needs no constructor of its own.
  constructor(options) {
    return create(options, new.target.prototype);
  }

  // What has passed over its bus, or null if it has none.
  get bus() {
    return busCounters.call(this);
  }

  // Looks at what rules send to a room, or at a sample of it. Returns what ends that.
  tap(room, fn, options) {
    const tap = addTap.call(this, room, fn, options);
    return () => removeTap(tap);
  }
}

for (const [name, value] of Object.entries(methods)) {
  Object.defineProperty(Hub.prototype, name, { value, writable: true, configurable: true });
}

// The host tells of rooms only while somebody listens, and a hub lives as long as its listeners.
function noteListeners(hub) {
  const hears = (event) => hub.listenerCount(event) > 0;
  const rooms = ROOM_EVENTS.some(hears);
  setListened(hub, rooms || BUS_EVENTS.some(hears), rooms);
}

for (const name of [
  'on', 'addListener', 'once', 'prependListener', 'prependOnceListener',
  'off', 'removeListener', 'removeAllListeners',
]) {
  const method = EventEmitter.prototype[name];
  const value = {
    [name](...args) {
      method.apply(this, args);
      noteListeners(this);
      return this;
    },
  }[name];
  Object.defineProperty(Hub.prototype, name, { value, writable: true, configurable: true });
}

export default { Hub };
