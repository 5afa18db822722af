// The reporter `spec`: what people read.

const COLORS = { green: 32, red: 31, blue: 34, yellow: 33, gray: 90, bold: 1 };
const DIFF = { '+': 'green', '-': 'red' };

export class Reporter {
  #write;
  #colors;
  #cwd;
  // The suites and tests that have begun, and have not been shown.
  #begun = [];
  #failed = [];
  #file;
  #shownFile;

  constructor({ write, colors, files, cwd }) {
    this.#write = write;
    this.#colors = colors;
    this.#cwd = cwd;
    this.#file = files ? undefined : null;
  }

  event(type, data) {
    switch (type) {
      case 'test:start':
        this.#begun.push(data);
        return undefined;
      case 'test:pass':
      case 'test:fail':
        return this.#result(type === 'test:pass', data);
      case 'test:diagnostic':
        return this.#line(data.nesting, this.#paint('blue', `ℹ ${data.message}`));
      case 'test:stdout':
      case 'test:stderr':
        this.#heading(data.file);
        return this.#write(data.message.endsWith('\n') ? data.message : `${data.message}\n`);
      case 'test:summary':
        return this.#summary(data);
      default:
        return undefined;
    }
  }

  end() {}

  #paint(color, text) {
    return this.#colors ? `\x1b[${COLORS[color]}m${text}\x1b[39;22m` : text;
  }

  #line(nesting, text) {
    this.#write(`${'  '.repeat(nesting)}${text}\n`);
  }

  #short(file) {
    const cwd = this.#cwd;
    return cwd && file?.startsWith(`${cwd}/`) ? file.slice(cwd.length + 1) : file;
  }

  /** The name of the file that what follows comes from. */
  #heading(file) {
    if (this.#file === null || file === undefined || this.#shownFile === file) return;
    this.#shownFile = file;
    this.#write(`${this.#paint('bold', this.#short(file))}\n`);
  }

  #result(hasPassed, data) {
    this.#heading(data.ofFile ?? data.file);
    const { name, nesting, skip, todo, details } = data;
    // Its own start, which is the last, is told with it, unless there are others inside of it.
    const begun = this.#begun.splice(0);
    const own = begun.findLastIndex((one) => one.name === name && one.nesting === nesting);
    if (own >= 0) begun.splice(own, 1);
    for (const one of begun) this.#line(one.nesting, `▶ ${one.name}`);
    const time = this.#paint('gray', ` (${Number(details.duration_ms.toFixed(3))}ms)`);
    const note = (word, why) => ` # ${typeof why === 'string' && why !== '' ? why : word}`;
    if (skip !== undefined) {
      return this.#line(nesting, this.#paint('gray', `﹣ ${name}${time}${note('SKIP', skip)}`));
    }
    const end = todo === undefined ? '' : note('TODO', todo);
    if (hasPassed) return this.#line(nesting, `${this.#paint('green', '✔')} ${name}${time}${end}`);
    if (todo !== undefined) {
      this.#line(nesting, `${this.#paint('yellow', '⚠')} ${name}${time}${end}`);
    } else {
      this.#line(nesting, `${this.#paint('red', `✖ ${name}`)}${time}`);
      if (details.error.failureType !== 'subtestsFailed') this.#failed.push(data);
    }
    return undefined;
  }

  #summary({ counts, duration_ms: duration }) {
    for (const name of ['tests', 'suites', 'passed', 'failed', 'cancelled', 'skipped', 'todo']) {
      const shown = { passed: 'pass', failed: 'fail' }[name] ?? name;
      this.#line(0, this.#paint('blue', `ℹ ${shown} ${counts[name]}`));
    }
    this.#line(0, this.#paint('blue', `ℹ duration_ms ${Number(duration.toFixed(3))}`));
    if (this.#failed.length === 0) return;
    this.#write(`\n${this.#paint('red', '✖ failing tests:')}\n`);
    for (const { name, file, line, column, details } of this.#failed) {
      this.#write(`\ntest at ${this.#short(file)}:${line}:${column}\n`);
      this.#line(0, this.#paint('red', `✖ ${name}`));
      const text = details.error.text.trimEnd().split('\n').map((one) => this.#colored(one));
      this.#write(`  ${text.join('\n  ')}\n`);
    }
  }

  /** A line of an error: those of a difference stand out. */
  #colored(line) {
    const color = /^\s*[+-] /.test(line) ? DIFF[line.trimStart()[0]] : undefined;
    return color === undefined ? line : this.#paint(color, line);
  }
}
