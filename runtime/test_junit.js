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

export class Reporter {
  #write;
  // For each level that has begun, what is known of its children.
  #levels = [[]];

  constructor({ write }) {
    this.#write = write;
    write('<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n');
  }

  event(type, data) {
    switch (type) {
      case 'test:start':
        while (this.#levels.length <= data.nesting + 1) this.#levels.push([]);
        break;
      case 'test:pass':
      case 'test:fail':
        this.#result(data);
        break;
      case 'test:diagnostic':
        if (data.nesting === 0) this.#write(this.#comment(data.message));
        else this.#levels[data.nesting]?.push({ text: this.#comment(data.message) });
        break;
      case 'test:stdout':
      case 'test:stderr': {
        const name = type === 'test:stdout' ? 'system-out' : 'system-err';
        const inner = element(name, {}, [`${text(data.message)}\n`]);
        const counts = { tests: 0, failures: 0, skipped: 0 };
        this.#write(element('testsuite', { name: data.file, ...counts }, [inner]));
        break;
      }
      case 'test:summary':
        for (const [name, value] of Object.entries(data.counts)) {
          if (name !== 'topLevel') this.#write(this.#comment(`${name} ${value}`));
        }
        break;
      default:
    }
  }

  end() {
    this.#write('</testsuites>\n');
  }

  #comment(message) {
    return `<!-- ${message.replace(FORBIDDEN, '\ufffd').replace(/-(?=-|$)/g, '- ')} -->\n`;
  }

  #result(data) {
    const { name, nesting, details, file, skip, todo } = data;
    const children = this.#levels[nesting + 1]?.splice(0) ?? [];
    const cases = children.filter((child) => child.counts !== undefined);
    const time = seconds(details.duration_ms);
    let entry;
    if (cases.length > 0 || details.type === 'suite') {
      const counts = { tests: 0, failures: 0, skipped: 0 };
      for (const child of cases) {
        for (const key of Object.keys(counts)) counts[key] += child.counts[key];
      }
      const attributes = { name, time, disabled: 0, errors: 0, ...counts, hostname: hostname() };
      entry = { text: element('testsuite', attributes, children.map((child) => child.text)), counts };
    } else {
      entry = this.#case({ name, time, file, skip, todo, error: details.error });
    }
    if (nesting === 0) this.#write(entry.text);
    else this.#levels[nesting].push(entry);
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
