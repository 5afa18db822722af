// Plain values are printed natively, everything else by the JavaScript half: before it is loaded
// and after, alone and in groups, it is one console.
import imported from 'console';

const { log } = console;
log('plain', 1, true, null, undefined, 0.5);
log('100%', 'is no format');
console.group('group', 1);
log('two\nlines');
console.group();
log({ a: 1 });
log('deeper');
console.groupEnd();
console.info('shallower');
console.groupEnd();
console.groupEnd();
log('even');
log(-0, 1n, Symbol('s'));
console.log = (...values) => log('mine:', ...values);
console.log('first');
console.info('info');
console.count('counted');
imported.log('again');
setTimeout(console.debug, 0, 'later');
globalThis.console = undefined;
log('detached');
