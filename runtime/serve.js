// `krandog serve [DIR]`: the program that the command line runs. It is a script like any other.

import http from 'http';
import { files } from 'krandog:files';

const OPTIONS = ['port', 'host', 'fallback'];
const FLAGS = ['listing', 'dotfiles'];

function fail(message) {
  console.error(`krandog: serve: ${message}\nTry 'krandog --help' for more.`);
  process.exit(2);
}

const given = { port: '3000', host: 'localhost' };
let folder;
for (const args = process.argv.slice(2); args.length > 0;) {
  const argument = args.shift();
  if (!argument.startsWith('-')) {
    if (folder !== undefined) fail(`'${folder}' and '${argument}' are two folders`);
    folder = argument;
    continue;
  }
  const [, name, value] = /^--([a-z]+)(?:=(.*))?$/s.exec(argument) ?? [];
  if (FLAGS.includes(name) && value === undefined) {
    given[name] = true;
  } else if (OPTIONS.includes(name)) {
    given[name] = value ?? args.shift() ?? fail(`option '--${name}' needs a value`);
  } else {
    const known = [...OPTIONS, ...FLAGS].map((one) => `--${one}`).join(', ');
    fail(`there is no option '${argument}' (known: ${known})`);
  }
}
folder ??= '.';
const port = Number(given.port);
if (!/^\d+$/.test(given.port) || port > 65535) fail(`'${given.port}' is no port`);

let show;
try {
  const { fallback = false, listing = false, dotfiles = false } = given;
  show = files(folder, { fallback, listing, dotfiles });
} catch (error) {
  if (error.code === undefined) throw error;
  fail(error.code === 'ENOENT' ? `there is no folder '${folder}'` : error.message);
}

const server = http.createServer();
server.all('/*', show);
server.on('error', (error) => {
  console.error(`krandog: serve: ${error.message}`);
  process.exit(1);
});
server.listen(port, given.host, () => {
  const scheme = process.execArgv.includes('--tls-self-signed') ? 'https' : 'http';
  const { address, family, port: bound } = server.address();
  const host = given.host === 'localhost' ? 'localhost' : address;
  const shown = family === 'IPv6' && host !== 'localhost' ? `[${host}]` : host;
  console.log(`${scheme}://${shown}:${bound}/ shows ${folder}`);
});
