// for await reads to the end, and cancels the stream when it is left early.

function equal(actual, expected) {
  if (!Object.is(actual, expected)) throw new Error(`${String(actual)} is not ${String(expected)}`);
}

function countTo(last, log = []) {
  let count = 0;
  return new ReadableStream({
    pull(controller) {
      count += 1;
      controller.enqueue(count);
      if (count === last) controller.close();
    },
    cancel(reason) {
      log.push(['cancel', reason]);
    },
  });
}

const all = [];
const whole = countTo(3);
for await (const chunk of whole) all.push(chunk);
equal(all.join(), '1,2,3');
equal(whole.locked, false);

const log = [];
const left = countTo(9, log);
for await (const chunk of left) if (chunk === 2) break;
equal(log.length, 1);
equal(log[0][1], undefined);
equal(left.locked, false);

const kept = countTo(9, log);
for await (const chunk of kept.values({ preventCancel: true })) if (chunk === 2) break;
equal(log.length, 1);
equal((await kept.getReader().read()).value, 3);

const failing = new ReadableStream({ start: (controller) => controller.error('broken') });
try {
  for await (const chunk of failing) equal(chunk, 'nothing');
  throw new Error('did not throw');
} catch (error) {
  equal(error, 'broken');
}
equal(failing.locked, false);
