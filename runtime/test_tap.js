// The reporter `tap`: https://testanything.org/tap-version-13-specification.html

const CONTROL = { '\b': '\\b', '\f': '\\f', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\v': '\\v' };

function escaped(text) {
  return text.replace(/[\b\f\t\n\r\v]/g, (sign) => CONTROL[sign]).replace(/[\\#]/g, '\\$&');
}

function quoted(text) {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;
}

/** A text as YAML has it, after `name:`. */
function yaml(name, text, indent) {
  if (!text.includes('\n')) return `${indent}${name}: ${quoted(text)}\n`;
  const lines = text.split('\n').map((line) => `${indent}  ${line}`);
  return `${indent}${name}: |-\n${lines.join('\n')}\n`;
}

export class Reporter {
  #write;
  #hasBegun = false;

  constructor({ write }) {
    this.#write = write;
  }

  event(type, data) {
    const indent = '    '.repeat(data.nesting ?? 0);
    if (!this.#hasBegun) this.#write('TAP version 13\n');
    this.#hasBegun = true;
    switch (type) {
      case 'test:start':
        return this.#write(`${indent}# Subtest: ${escaped(data.name)}\n`);
      case 'test:pass':
        return this.#result('ok', data, indent);
      case 'test:fail':
        return this.#result('not ok', data, indent);
      case 'test:plan':
        return this.#write(`${indent}1..${data.count}\n`);
      case 'test:diagnostic':
        return this.#comment(data.message, indent);
      case 'test:stdout':
      case 'test:stderr':
        return this.#comment(data.message.replace(/\n$/, ''), indent);
      case 'test:summary':
        return this.#summary(data);
      default:
        return undefined;
    }
  }

  end() {}

  #comment(text, indent) {
    for (const line of text.split('\n')) this.#write(`${indent}# ${escaped(line)}\n`);
  }

  #result(verdict, { name, testNumber, skip, todo, details, file, line, column }, indent) {
    const note = (word, why) => ` # ${word}${typeof why === 'string' ? ` ${escaped(why)}` : ''}`;
    let text = `${indent}${verdict} ${testNumber} - ${escaped(name)}`;
    if (skip !== undefined) text += note('SKIP', skip);
    else if (todo !== undefined) text += note('TODO', todo);
    const inner = `${indent}  `;
    text += `\n${inner}---\n${inner}duration_ms: ${details.duration_ms}\n`;
    if (details.type !== undefined) text += yaml('type', details.type, inner);
    const { error } = details;
    if (error !== undefined) {
      text += yaml('location', `${file}:${line}:${column}`, inner);
      text += yaml('failureType', error.failureType, inner);
      text += yaml('error', error.message, inner);
      text += yaml('code', error.causeCode ?? error.code, inner);
      if (error.name !== undefined) text += yaml('name', error.name, inner);
      for (const field of ['expected', 'actual', 'operator']) {
        if (error[field] !== undefined) text += yaml(field, error[field], inner);
      }
      const calls = error.stack?.split('\n').filter((line) => /^ {4}at /.test(line));
      if (calls?.length > 0) text += yaml('stack', calls.map((call) => call.slice(4)).join('\n'), inner);
    }
    this.#write(`${text}${inner}...\n`);
  }

  #summary({ counts, duration_ms: duration }) {
    for (const name of ['tests', 'suites', 'passed', 'failed', 'cancelled', 'skipped', 'todo']) {
      const shown = { passed: 'pass', failed: 'fail' }[name] ?? name;
      this.#write(`# ${shown} ${counts[name]}\n`);
    }
    this.#write(`# duration_ms ${duration}\n`);
  }
}
