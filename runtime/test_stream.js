// `run()` of `node:test`: https://nodejs.org/api/test.html#runoptions

import process from 'process';
import { availableParallelism } from 'os';
import { Readable } from 'stream';
import { checkArray, checkFunction, checkObject, checkSignal, coded } from 'internal:errors';
import { endFiles, findFiles } from 'internal:test';
import { Runner } from 'internal:test_runner';
import { testOptions } from 'internal:test_options';

const KNOWN = [
  'concurrency', 'files', 'only', 'setup', 'signal', 'testNamePatterns', 'testSkipPatterns',
  'timeout', 'argv', 'globPatterns',
];

/** The events of a run, as objects `{type, data}`, and as events of those names. */
export class TestsStream extends Readable {
  #events;

  constructor(events) {
    super({ objectMode: true, highWaterMark: 2 ** 16 });
    this.#events = events;
  }

  async _read() {
    try {
      const { done, value } = await this.#events.next();
      if (done) {
        this.push(null);
        return;
      }
      this.emit(value.type, value.data);
      this.push(value);
    } catch (error) {
      this.destroy(error);
    }
  }
}

function sources(patterns = []) {
  const all = Array.isArray(patterns) ? patterns : [patterns];
  return all.map((one) => (one instanceof RegExp ? `${one}` : `${one}`));
}

/** With an Error for each that is told in words. */
async function* revived(events) {
  for await (const event of events) {
    const { error } = event.data.details ?? {};
    if (error !== undefined) {
      event.data.details.error = Object.assign(new Error(error.message), error);
    }
    yield event;
  }
}

export function run(options = {}) {
  checkObject(options, 'options');
  for (const name of Object.keys(options)) {
    if (KNOWN.includes(name) && name !== 'globPatterns') continue;
    throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `option '${name}' of run() is not supported`);
  }
  const { files, only = false, setup, signal, argv = [] } = options;
  if (files !== undefined) checkArray(files, 'options.files');
  if (setup !== undefined) checkFunction(setup, 'options.setup');
  checkSignal(signal, 'options.signal');
  const { concurrency = 1, timeout } = testOptions(options);
  const settings = {
    concurrency: concurrency === Infinity ? availableParallelism() : concurrency,
    timeout,
    bail: false,
    args: argv,
    worker: {
      filter: sources(options.testNamePatterns),
      skipFilter: sources(options.testSkipPatterns),
      only,
    },
  };
  signal?.addEventListener('abort', () => endFiles(), { once: true });
  async function* events() {
    const all = await findFiles(files ?? []);
    yield* revived(new Runner(all, settings).events());
  }
  const stream = new TestsStream(events());
  if (setup !== undefined) process.nextTick(() => setup(stream));
  return stream;
}
