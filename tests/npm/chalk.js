// chalk: colours, where they are asked for.
import assert from 'assert';
import { Chalk } from 'chalk';

const chalk = new Chalk({ level: 1 });
assert.equal(chalk.red.bold('x'), '\u001b[31m\u001b[1mx\u001b[22m\u001b[39m');
assert.equal(new Chalk({ level: 0 }).red('x'), 'x');
