// The reporters by their names, and as `node:test/reporters` exports them: generators of text from
// the events of a run. https://nodejs.org/api/test.html#test-reporters

import { load } from 'ops:internal:test_reporters';

export const NAMES = ['spec', 'tap', 'junit', 'dot'];

/** `{ event(type, data), end() }` that writes as it goes. */
export function reporterOf(name, settings) {
  return new (load(`internal:test_${name}`).Reporter)(settings);
}

function generator(name) {
  return { async* [name](source) {
    const texts = [];
    const write = (text) => texts.push(text);
    const reporter = reporterOf(name, { colors: false, write, files: false });
    for await (const { type, data } of source) {
      reporter.event(type, data);
      if (texts.length > 0) yield texts.splice(0).join('');
    }
    reporter.end();
    if (texts.length > 0) yield texts.join('');
  } }[name];
}

export const spec = generator('spec');
export const tap = generator('tap');
export const junit = generator('junit');
export const dot = generator('dot');
export default { spec, tap, junit, dot };
