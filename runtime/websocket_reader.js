// ws.receive({ timeout }) and ws.messages(): messages for who asks for them, instead of listening.
// The first call begins with those that nobody has taken; from then on the socket is paused while
// too many wait.

import { Messages } from 'internal:websocket_iterator';
import { readTimeout } from 'ops:internal:websocket_iterator';

const readers = new WeakMap();

function readerOf(ws) {
  let reader = readers.get(ws);
  if (!reader) {
    reader = new Messages(ws);
    readers.set(ws, reader);
  }
  return reader;
}

const valueOf = ({ value, done }) => (done ? null : value);

export async function receive(ws, options) {
  const timeout = readTimeout(options);
  const reader = readerOf(ws);
  const ready = reader.takeOne();
  if (ready) return valueOf(ready);
  const { promise, resolve, reject } = Promise.withResolvers();
  let timer;
  const giveUp = reader.wait((step) => {
    clearTimeout(timer);
    resolve(valueOf(step));
  });
  if (timeout !== undefined) {
    timer = setTimeout(() => {
      giveUp();
      reject(new DOMException(`receive: no message came within ${timeout} ms`, 'TimeoutError'));
    }, timeout);
  }
  return promise;
}

export function messages(ws) {
  return readerOf(ws).takeAll();
}
