// What a terminal sends is taken apart into keys.
import assert from 'assert';
import readline from 'readline';
import { PassThrough } from 'stream';

const input = new PassThrough();
const keys = [];
readline.emitKeypressEvents(input);
input.on('keypress', (text, { name, ctrl, meta, shift }) => {
  const held = [ctrl && 'ctrl', meta && 'meta', shift && 'shift'].filter(Boolean);
  keys.push([...held, name ?? text].join('-'));
});
input.write('aB \r\t\x7f\x03\x1bb\x1b[A\x1b[1;5C\x1b[3~\x1bOP\x1b[Zé\x1b');
input.write('[D');
input.on('end', () => {
  assert.deepEqual(keys, [
    'a', 'shift-b', 'space', 'return', 'tab', 'backspace', 'ctrl-c', 'meta-b', 'up', 'ctrl-right',
    'delete', 'f1', 'shift-tab', 'é', 'left',
  ]);
});
input.end();
