// commander: options, arguments and subcommands of a command line.
import assert from 'assert';
import { Command, CommanderError, InvalidArgumentError } from 'commander';

const port = (text) => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('not a number');
  return Number(text);
};
const seen = [];
const program = new Command('tool').exitOverride().configureOutput({ writeErr() {}, writeOut() {} });
program
  .command('serve <dir> [more...]')
  .option('-p, --port <number>', 'the port', port, 3000)
  .option('--no-color', 'plain')
  .action((dir, more, options) => seen.push([dir, more, options]));

await program.parseAsync(['serve', 'public', 'a', 'b', '-p', '8080', '--no-color'], { from: 'user' });
assert.deepEqual(seen, [['public', ['a', 'b'], { port: 8080, color: false }]]);
const refused = (args, code) => assert.throws(
  () => program.parse(args, { from: 'user' }),
  (error) => error instanceof CommanderError && error.code === code,
);
refused(['serve', 'public', '-p', 'x'], 'commander.invalidArgument');
refused(['serve'], 'commander.missingArgument');
refused(['serv'], 'commander.unknownCommand');
assert.match(program.helpInformation(), /serve \[options\] <dir> \[more\.\.\.\]/);
