// The reporter `dot`: a sign for each test.

import process from 'process';

const COLUMNS_MIN = 20;

export class Reporter {
  #write;
  #count = 0;
  #failed = [];

  constructor({ write }) {
    this.#write = write;
  }

  event(type, data) {
    if (type !== 'test:pass' && type !== 'test:fail') return;
    const columns = Math.max(process.stdout.columns ?? COLUMNS_MIN, COLUMNS_MIN);
    this.#write(type === 'test:pass' ? '.' : 'X');
    this.#count += 1;
    if (this.#count % columns === 0) this.#write('\n');
    if (type === 'test:fail' && data.todo === undefined) this.#failed.push(data);
  }

  end() {
    if (this.#count > 0) this.#write('\n');
    if (this.#failed.length === 0) return;
    this.#write('\nFailed tests:\n\n');
    for (const { name, details } of this.#failed) {
      this.#write(`✖ ${name}\n  ${details.error.text.trimEnd().replaceAll('\n', '\n  ')}\n`);
    }
  }
}
