// Nothing runs after an exception that ends the process, but `exit` listeners.
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => {
  process.nextTick(() => console.log('a tick'));
  queueMicrotask(() => console.log('a job'));
  setImmediate(() => console.log('an immediate'));
  throw new Error('the end');
}, 0);
