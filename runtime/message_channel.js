// MessageChannel and MessagePort, which are native, and the methods that Node.js adds:
// https://html.spec.whatwg.org/#message-channels
// https://nodejs.org/api/worker_threads.html#class-messageport

import { classes, receive } from 'ops:internal:message_channel';

export const { MessageChannel, MessagePort } = classes();

// What each listener of `on` was added as, for every target.
const added = new WeakMap();

// Gives a class of event targets `on`, `once` and `off`, whose listeners get what an event carries
// instead of the event. `kinds` has the event behind each name, and what it carries.
export function addEmitterMethods(prototype, kinds, heard = () => {}) {
  function add(target, name, listener, once) {
    const [type, carried] = kinds[name] ?? [name, (event) => [event]];
    const known = added.get(target) ?? [];
    added.set(target, known);
    const entry = { name, type, listener };
    entry.wrapper = (event) => {
      if (once) known.splice(known.indexOf(entry), 1);
      return Reflect.apply(listener, target, carried(event));
    };
    known.push(entry);
    target.addEventListener(type, entry.wrapper, { once });
    heard(target, name);
    return target;
  }
  function remove(target, name, listener) {
    const known = added.get(target) ?? [];
    const at = known.findLastIndex((entry) => entry.name === name && entry.listener === listener);
    if (at >= 0) {
      const [{ type, wrapper }] = known.splice(at, 1);
      target.removeEventListener(type, wrapper);
    }
    return target;
  }
  const methods = {
    on(name, listener) {
      return add(this, name, listener, false);
    },
    once(name, listener) {
      return add(this, name, listener, true);
    },
    off(name, listener) {
      return remove(this, name, listener);
    },
    addListener(name, listener) {
      return add(this, name, listener, false);
    },
    removeListener(name, listener) {
      return remove(this, name, listener);
    },
    removeAllListeners(name) {
      for (const entry of [...added.get(this) ?? []]) {
        if (name === undefined || entry.name === name) remove(this, entry.name, entry.listener);
      }
      return this;
    },
    listenerCount(name) {
      return (added.get(this) ?? []).filter((entry) => entry.name === name).length;
    },
  };
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, {
      value, writable: true, enumerable: false, configurable: true,
    });
  }
}

const data = (event) => [event.data];

addEmitterMethods(
  MessagePort.prototype,
  { message: ['message', data], messageerror: ['messageerror', data], close: ['close', () => []] },
  (port, name) => {
    if (name === 'message') port.start();
  },
);

export function receiveMessageOnPort(port) {
  const received = receive(port);
  return received && { message: received[0] };
}
