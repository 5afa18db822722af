// For kv.py: does what its argument says with the file whose path follows.

import assert from 'assert';
import { openKv } from 'krandog:kv';

const [, , task, path] = process.argv;

const tasks = {
  // Writes until it is killed, and says what is on the disk.
  async write() {
    const kv = openKv(path);
    for (let number = 0; ; number++) {
      await Promise.all([kv.set('last', number), kv.set(`n:${number}`, { number })]);
      console.log(number);
    }
  },

  async read() {
    const kv = openKv(path);
    const last = await kv.get('last');
    let count = 0;
    for await (const { value } of kv.list({ prefix: 'n:' })) {
      count += 1;
      assert(value.number >= 0);
    }
    console.log(JSON.stringify([last, count]));
    await kv.close();
  },

  // Counts up, beside others that do.
  async count() {
    const kv = openKv(path);
    for (let times = 0; times < 50; times++) {
      for (;;) {
        const entry = await kv.entry('count');
        const { ok } = await kv.atomic()
          .check('count', entry?.version ?? null)
          .set('count', (entry?.value ?? 0) + 1)
          .commit();
        if (ok) break;
      }
    }
    await kv.close();
  },

  async show() {
    const kv = openKv(path);
    console.log(await kv.get('count'));
    await kv.close();
  },

  async expire() {
    const kv = openKv(path);
    await kv.set('short', 1, { ttl: 1 });
    while (await kv.has('short')) await new Promise(setImmediate);
    await kv.set('other', 1);
    await kv.close();
  },

  open() {
    try {
      openKv(path);
    } catch (error) {
      console.log(JSON.stringify([error.code, error.message]));
    }
  },
};

await tasks[task]();
