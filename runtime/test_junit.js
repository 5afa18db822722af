// The reporter `junit`: XML as servers for continuous integration read it.

import { hostname } from 'os';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// What XML 1.0 does not have, not even as a number.
const FORBIDDEN = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function text(value) {
  return value.replace(FORBIDDEN, '\ufffd').replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}

function attribute(value) {
  return text(`${value}`).replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function element(name, attributes, children) {
  const all = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  const open = `<${name}${all.join('')}`;
  if (children.length === 0) return `${open}/>\n`;
  const inner = children.join('');
  return `${open}>\n${inner}</${name}>\n`;
}

function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(6);
}

/** Of all tests in these together. */
function countsOf(entries) {
  const sum = { tests: 0, failures: 0, skipped: 0 };
  for (const { counts } of entries) {
    for (const key of Object.keys(sum)) sum[key] += counts?.[key] ?? 0;
  }
  return sum;
}

export class Reporter {
  #write;
  #cwd;
  // For each level that has begun, what is known of its children.
  #levels = [[]];
  // The file that all of it is of, and what it has printed.
  #file;
  #printed = [];

  constructor({ write, cwd }) {
    this.#write = write;
    this.#cwd = cwd;
    write('<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n');
  }

  event(type, data) {
    const file = data.ofFile ?? data.file;
    if (file !== undefined && file !== this.#file && type !== 'test:summary') {
      this.#endFile();
      this.#file = file;
    }
    switch (type) {
      case 'test:start':
        while (this.#levels.length <= data.nesting + 1) this.#levels.push([]);
        break;
      case 'test:pass':
      case 'test:fail':
        this.#result(data);
        break;
      case 'test:diagnostic':
        this.#levels[data.nesting]?.push({ text: this.#comment(data.message) });
        break;
      case 'test:stdout':
      case 'test:stderr': {
        const name = type === 'test:stdout' ? 'system-out' : 'system-err';
        this.#printed.push(element(name, {}, [`${text(data.message)}\n`]));
        break;
      }
      case 'test:summary':
        this.#endFile();
        for (const [name, value] of Object.entries(data.counts)) {
          if (name !== 'topLevel') this.#write(this.#comment(`${name} ${value}`));
        }
        break;
      default:
    }
  }

  end() {
    this.#endFile();
    this.#write('</testsuites>\n');
  }

  /** A file is a suite. */
  #endFile() {
    const tests = this.#levels[0].splice(0);
    const printed = this.#printed.splice(0);
    if (tests.length === 0 && printed.length === 0) return;
    const name = this.#file?.startsWith(`${this.#cwd}/`)
      ? this.#file.slice(this.#cwd.length + 1)
      : this.#file ?? '';
    const time = seconds(tests.reduce((sum, one) => sum + (one.duration ?? 0), 0));
    const attributes = { name, time, disabled: 0, errors: 0, ...countsOf(tests) };
    attributes.hostname = hostname();
    this.#write(element('testsuite', attributes, [...tests.map((one) => one.text), ...printed]));
  }

  #comment(message) {
    return `<!-- ${message.replace(FORBIDDEN, '\ufffd').replace(/-(?=-|$)/g, '- ')} -->\n`;
  }

  #result(data) {
    const { name, nesting, details, file, skip, todo } = data;
    const children = this.#levels[nesting + 1]?.splice(0) ?? [];
    const time = seconds(details.duration_ms);
    let entry;
    if (children.some((child) => child.counts !== undefined) || details.type === 'suite') {
      const counts = countsOf(children);
      const attributes = { name, time, disabled: 0, errors: 0, ...counts, hostname: hostname() };
      entry = { text: element('testsuite', attributes, children.map((child) => child.text)), counts };
    } else {
      entry = this.#case({ name, time, file, skip, todo, error: details.error });
    }
    this.#levels[nesting].push({ ...entry, duration: details.duration_ms });
  }

  #case({ name, time, file, skip, todo, error }) {
    const inner = [];
    const isFailing = error !== undefined && todo === undefined;
    if (skip !== undefined || todo !== undefined) {
      const why = skip ?? todo;
      const type = skip === undefined ? 'todo' : 'skipped';
      inner.push(element('skipped', { type, message: why === true ? '' : why }, []));
    }
    if (isFailing) {
      const attributes = { type: error.failureType, message: error.message };
      inner.push(element('failure', attributes, [`${text(error.text)}\n`]));
    }
    const attributes = { name, time, classname: 'test', file };
    if (isFailing) attributes.failure = error.message;
    return {
      text: element('testcase', attributes, inner),
      counts: { tests: 1, failures: isFailing ? 1 : 0, skipped: inner.length > 0 && !isFailing ? 1 : 0 },
    };
  }
}
