// events: https://nodejs.org/api/events.html
//
// Left out: EventEmitterAsyncResource, domains. What Node keeps in `_events` is hidden here. The
// methods are native, and what few programs use is loaded when they do.

import { equip, init, load } from 'ops:events';

export function EventEmitter(options) {
  init.call(this, options);
}

equip(EventEmitter);

const rare = () => load('internal:events_functions');

export const { errorMonitor } = EventEmitter;
export const captureRejectionSymbol = Symbol.for('nodejs.rejection');
export const usingDomains = false;
export const once = (emitter, name, options = {}) => rare().once(emitter, name, options);
export const on = (emitter, name, options = {}) => rare().on(emitter, name, options);
export const listenerCount = (emitter, name) => rare().listenerCount(emitter, name);
export const getEventListeners = (emitter, name) => rare().getEventListeners(emitter, name);
export const getMaxListeners = (emitter) => rare().getMaxListeners(emitter);
export const setMaxListeners = (...given) => rare().setMaxListeners(...given);
export const addAbortListener = (signal, listener) => rare().addAbortListener(signal, listener);
export { init };

Object.assign(EventEmitter, {
  addAbortListener,
  once,
  on,
  getEventListeners,
  getMaxListeners,
  EventEmitter,
  usingDomains,
  captureRejectionSymbol,
  setMaxListeners,
  init,
  listenerCount,
});

export default EventEmitter;
