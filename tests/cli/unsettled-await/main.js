// A top-level await for a promise that nothing will ever settle.
process.on('beforeExit', (code) => console.log('beforeExit', code));
process.on('exit', (code) => console.log('exit', code));

console.log('before');
await new Promise(() => {});
console.log('after');
