// An error that nothing in a worker catches ends it, and is an event of the Worker.
import assert from 'assert';

function run(code) {
  return new Promise((resolve) => {
    const worker = new Worker(code, { eval: true });
    let event;
    worker.onerror = (error) => {
      event = error;
    };
    worker.onclose = ({ code: exit }) => resolve({ event, exit });
  });
}

let { event, exit } = await run("\n  throw new RangeError('mine', { cause: { a: 1 } });");
assert(event instanceof ErrorEvent);
assert.equal(event.message, 'Uncaught RangeError: mine');
assert(event.filename.endsWith('[eval]'));
assert.equal(event.lineno, 2);
assert.equal(event.colno, 9);
assert(event.error instanceof RangeError);
assert.equal(event.error.cause.a, 1);
assert.equal(exit, 1);
({ event, exit } = await run("setTimeout(() => { throw { code: 5 }; }, 1); setInterval(() => {}, 1)"));
assert.deepEqual(event.error, { code: 5 });
assert.equal(exit, 1);
({ event } = await run("Promise.reject(new TypeError('late'))"));
assert.equal(event.message, 'Uncaught TypeError: late');
({ event } = await run("throw () => 1"));
assert.equal(event.error, 'Uncaught () => 1');
({ event } = await run('let x = ;'));
assert.equal(event.error.name, 'SyntaxError');
({ event } = await run("await 1; throw new Error('top')"));
assert.equal(event.error.message, 'top');
