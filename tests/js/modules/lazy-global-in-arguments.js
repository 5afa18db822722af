// A global is made in the middle of an expression, when its first use is an argument: the call
// that is being prepared must not notice that a module was evaluated meanwhile.

const second = (first, value) => value;

if (second(1, AbortController.length) !== 0) throw new Error('argument of a call');
if (new Date(TextEncoder.length).getTime() !== 0) throw new Error('argument of new');
if ([1, 2, setTimeout.name][2] !== 'setTimeout') throw new Error('element of an array');
