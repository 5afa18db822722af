// The same place in a program reads a global that its first reading has made.

for (let turn = 0; turn < 3; turn++) {
  if (typeof setTimeout !== 'function') throw new Error('the name');
  if (typeof globalThis.clearTimeout !== 'function') throw new Error('the property');
  if (typeof new AbortController().abort !== 'function') throw new Error('the constructor');
}

const read = () => typeof TextEncoder;
if (read() !== 'function') throw new Error('in its first turn');
await new Promise((resolve) => setTimeout(resolve, 2));
if (read() !== 'function') throw new Error('in a later turn');
if (!('value' in Object.getOwnPropertyDescriptor(globalThis, 'TextEncoder'))) {
  throw new Error('it is a plain property by then');
}

// A script's own value stays.
for (let turn = 0; turn < 3; turn++) globalThis.URL = turn;
if (URL !== 2) throw new Error('assigned');
delete globalThis.Blob;
await new Promise((resolve) => setTimeout(resolve, 2));
if (URL !== 2) throw new Error('assigned, in a later turn');
if ('Blob' in globalThis) throw new Error('deleted');
