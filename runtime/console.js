// console: https://console.spec.whatwg.org/

import { write } from 'ops:console';

const console = {
  log(...values) {
    write(1, values.map(String).join(' ') + '\n');
  },
  error(...values) {
    write(2, values.map(String).join(' ') + '\n');
  },
};

export default console;
