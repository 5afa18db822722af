// Stream, the class that all streams are instances of. Packages of old inherit from it and have
// nothing but events, and `pipe`.
//
// Spec: https://nodejs.org/api/stream.html

import { EventEmitter } from 'events';

export function Stream(options) {
  EventEmitter.call(this, options);
}

Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

Stream.prototype.pipe = function pipe(destination, options) {
  const source = this;
  let ended = false;
  const data = (chunk) => {
    if (destination.writable && destination.write(chunk) === false) source.pause?.();
  };
  const drain = () => {
    if (source.readable) source.resume?.();
  };
  const end = () => {
    if (ended) return;
    ended = true;
    destination.end();
  };
  const close = () => {
    if (ended) return;
    ended = true;
    if (typeof destination.destroy === 'function') destination.destroy();
  };
  // Nobody else may hear of it.
  function failed(error) {
    undo();
    if (this.listenerCount('error') === 0) this.emit('error', error);
  }
  const listened = [
    [source, 'data', data], [destination, 'drain', drain],
    [source, 'error', failed], [destination, 'error', failed],
  ];
  if (!destination._isStdio && options?.end !== false) {
    listened.push([source, 'end', end], [source, 'close', close]);
  }
  const undo = () => {
    for (const [emitter, name, listener] of listened) emitter.removeListener(name, listener);
  };
  listened.push([source, 'end', undo], [source, 'close', undo], [destination, 'close', undo]);
  for (const [emitter, name, listener] of listened) {
    if (name === 'error') emitter.prependListener(name, listener);
    else emitter.on(name, listener);
  }
  destination.emit('pipe', source);
  return destination;
};
