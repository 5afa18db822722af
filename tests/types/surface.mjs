// The types name what krandog has, all of it and nothing else: its modules and their exports, its
// globals, the members of its classes, the options of its servers and sockets.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const types = join(here, '../../runtime/krandog.d.ts');
const declared = readFileSync(types, 'utf8')
  .replace(/^\/\/\/ <reference path="(.+)" \/>$/gm, (_, path) => readFileSync(join(types, '..', path), 'utf8'));

const folder = join(here, '../../src/builtin');
const builtins = readdirSync(folder).filter((name) => /^mod\.rs$|_table\.rs$/.test(name))
  .map((name) => readFileSync(join(folder, name), 'utf8')).join('');
const modules = Array.from(builtins.matchAll(/^\s*(?:Builtin \{ )?name: "([^"]+)"/gm), ([, name]) => name)
  .filter((name) => !name.startsWith('internal:'));
if (modules.length < 10) throw new Error(`only ${modules.length} modules in src/builtin/mod.rs`);

/** What the types leave out on purpose: kept by the standards for programs of old. */
const LEGACY = new Set(['cancelBubble', 'initEvent', 'returnValue', 'srcElement']);
/** And what is for the built-ins themselves, as in Node.js. */
const isLegacy = (name) => LEGACY.has(name) || /_ERR$|^_/.test(name);
/** Fields of an instance, which nothing but an instance shows. */
const AGENT = 'defaultPort | keepAlive | options | protocol';
const OUTGOING = 'aborted | allowHalfOpen | headersSent | sendDate | strictContentLength';
const SOCKET = 'allowHalfOpen | connecting | server';
const FIELDS = {
  "import('child_process').ChildProcess": 'channel | connected | disconnect | exitCode | killed | pid | send'
    + ' | signalCode | spawnargs | spawnfile | stderr | stdin | stdio | stdout',
  "import('url').Url": 'auth | hash | host | hostname | href | path | pathname | port | protocol | query'
    + ' | search | slashes',
  "import('module').Module": 'children | exports | filename | id | loaded | parent | path',
  "import('krandog:nats').NatsMessage": 'data | description | headers | reply | status | subject',
  "import('krandog:nats').NatsSubscription": 'subject',
  "import('http').Agent": AGENT,
  "import('https').Agent": AGENT,
  "import('http').OutgoingMessage": OUTGOING,
  "import('http').ServerResponse": `${OUTGOING} | req | statusCode`,
  "import('http').ClientRequest": `${OUTGOING} | host | maxHeadersCount | method | path | protocol | res`
    + ' | reusedSocket',
  "import('http').IncomingMessage": 'aborted | complete | httpVersion | method | rawHeaders | rawTrailers'
    + ' | statusCode | statusMessage | url',
  "import('net').Socket": SOCKET,
  "import('net').Stream": SOCKET,
  "import('net').Server": 'allowHalfOpen | pauseOnConnect',
  "import('tls').TLSSocket": `${SOCKET} | alpnProtocol | authorizationError | authorized | encrypted`
    + ' | secureConnecting',
  "import('tls').Server": 'allowHalfOpen | pauseOnConnect',
  "import('tls').SecureContext": 'context | options',
  "import('dgram').Socket": 'type',
};
/** The engine's own: not in the standard library of TypeScript. */
const ENGINE = new Set(['TypedArray']);

function krandog(...args) {
  return execFileSync(process.env.KRANDOG, args, { encoding: 'utf8', cwd: here });
}

const { exported, globals, members } = JSON.parse(krandog('surface.js', ...modules));

const TRANSFORMS = {
  crypto: ['Cipheriv', 'Decipheriv', 'Hash', 'Hmac'],
  zlib: [
    'BrotliCompress', 'BrotliDecompress', 'Deflate', 'DeflateRaw', 'Gunzip', 'Gzip', 'Inflate', 'InflateRaw',
    'Unzip', 'ZstdCompress', 'ZstdDecompress',
  ],
};
for (const [module, classes] of Object.entries(TRANSFORMS)) {
  const fields = module === 'zlib' ? 'allowHalfOpen | bytesWritten' : 'allowHalfOpen';
  for (const name of classes) FIELDS[`import('${module}').${name}`] = fields;
}
Object.assign(FIELDS, {
  "import('fs').Dirent": 'parentPath | path',
  "import('fs').ReadStream": 'bytesRead | path',
  "import('fs').Stats": 'atime | atimeMs | birthtime | birthtimeMs | blksize | blocks | ctime | ctimeMs | dev'
    + ' | gid | ino | mode | mtime | mtimeMs | nlink | rdev | size | uid',
  "import('fs').WriteStream": 'bytesWritten | path',
  "import('readline').Interface": 'closed | cursor | history | line | paused | terminal',
  "import('readline/promises').Interface": 'closed | cursor | history | line | paused | terminal',
  "import('stream').Duplex": 'allowHalfOpen',
  "import('stream').PassThrough": 'allowHalfOpen',
  "import('stream').Transform": 'allowHalfOpen',
  "import('tty').ReadStream": 'fd',
  "import('tty').WriteStream": 'fd',
});

const union = (names) => names.map((name) => JSON.stringify(name)).join(' | ') || 'never';
const lines = [
  '/// <reference path="' + types + '" />',
  '/** Fails unless there are none. */',
  'function none<Names extends never>(): void {}',
  'type Required<T> = { [Name in keyof T]-?: {} extends Pick<T, Name> ? never : Name }[keyof T];',
  // What an interface has from the standard library is the engine's business.
  'type Standard = keyof Error | keyof ErrorConstructor | keyof Uint8Array;',
  'type Given<T> = Exclude<Extract<Required<T>, string>, Standard>;',
  'export {};',
];

/** Both ways: what is there is typed, and what is typed is there. */
function compare(type, names) {
  const fields = FIELDS[type] === undefined ? [] : FIELDS[type].split(' | ');
  const wanted = union(names.filter((name) => !isLegacy(name)));
  lines.push(`none<Exclude<${wanted}, keyof (${type})>>(); // untyped: ${type}`);
  lines.push(`none<Exclude<Given<${type}>, 'prototype' | ${union([...names, ...fields])}>>(); // untrue: ${type}`);
}

for (const [module, names] of Object.entries(exported)) {
  compare(`typeof import('${module}')`, names);
  // What is krandog's own has that in its name.
  if (!module.includes(':')) compare(`typeof import('node:${module}')`, names);
}
for (const name of globals) if (!ENGINE.has(name)) lines.push(`void ${name}; // untyped`);
const ofKrandog = new Set(
  Array.from(declared.matchAll(/^(?:declare (?:class|var|function)|interface) (\w+)/gm), ([, name]) => name),
);
for (const [type, names] of Object.entries(members)) {
  if (type.includes('import(') || ofKrandog.has(type.replace('typeof ', ''))) compare(type, names);
}

const problems = [];
for (const [, name] of declared.matchAll(/^declare (?:class|var|function) (\w+)/gm)) {
  if (!globals.includes(name)) problems.push(`the types have a global ${name}, and krandog has not`);
}

/** The names in an interface: those that stand at its first level. */
function options(name) {
  const [, indent, body] = new RegExp(`^( *)(?:export )?interface ${name} \\{\\n(.*?)^\\1\\}`, 'ms').exec(declared);
  return Array.from(body.matchAll(new RegExp(`^${indent}  (\\w+)\\?`, 'gm')), ([, option]) => option);
}

// Unknown options are refused, so each name is tried, with nothing for its value.
const attempts = {
  ServerOptions: 'http.createServer(given)',
  WebSocketServerOptions: 'http.createServer({ websocket: given })',
  HubOptions: "new (await import('krandog:hub')).Hub(given)",
  PublishOptions: "http.createServer().hub.publish('room', 'data', given)",
  SendOptions: "new WebSocket('ws://127.0.0.1:1', { queue: true }).send('', given); process.exit()",
  FrameFields: "try { new (await import('krandog:frame')).Frame(given) } catch ({ code }) { if (code !== 'ERR_OUT_OF_RANGE') throw code }",
  FrameDecoderOptions: "new (await import('krandog:frame')).FrameDecoder(given)",
  RelayOptions: "(await import('krandog:hub')).Hub.prototype.relay.call(http.createServer().hub, new WebSocket('ws://127.0.0.1:1'), 'room', given)",
  TapOptions: "http.createServer().hub.tap('room', () => {}, given)",
  WebSocketClientOptions: "new WebSocket('ws://127.0.0.1:1', given).close()",
  ReconnectOptions: "new WebSocket('ws://127.0.0.1:1', { reconnect: given }).close()",
  QueueOptions: "new WebSocket('ws://127.0.0.1:1', { queue: given }).close()",
  PoolOptions: "new (await import('krandog:client')).Pool(given)",
  CloseOptions: 'http.createServer({ shutdown: given }).close(given)',
  ListenOptions: 'http.createServer().listen(given).close()',
  HistoryOptions: "const { History } = await import('krandog:history'); new History(http.createServer().hub, given)",
  PresenceOptions: "const { Presence } = await import('krandog:presence'); new Presence(http.createServer().hub, given)",
  RpcOptions: "const { Rpc } = await import('krandog:rpc'); new Rpc(new WebSocket('ws://127.0.0.1:1'), given)",
  CookieOptions: "(await import('krandog:cookies')).cookie('a', 'b', given)",
  FilesOptions: "(await import('krandog:files')).files('.', given)",
  SseOptions: "(await import('krandog:sse')).sse([], given)",
  CompressOptions: 'http.createServer({ compress: given })',
  RequestRouteOptions: "http.createServer().get('/', given, () => {})",
  ReceiveOptions: "const ws = new WebSocket('ws://127.0.0.1:1'); ws.close(); await ws.receive(given)",
  PerMessageDeflateOptions: "new WebSocket('ws://127.0.0.1:1', { perMessageDeflate: given }).close()",
};
for (const [name, attempt] of Object.entries(attempts)) {
  const given = options(name).map((option) => `${option}: undefined`).join(', ');
  const code = `import http from 'http'; const given = { ${given} }; ${attempt};`;
  const { status, stderr } = spawnSync(process.env.KRANDOG, ['-e', code], { encoding: 'utf8' });
  if (given === '' || status !== 0) problems.push(`${name} { ${given} }: ${stderr}`);
}

const scratch = mkdtempSync(join(tmpdir(), 'krandog-types-'));
try {
  const file = join(scratch, 'surface.ts');
  writeFileSync(file, lines.join('\n'));
  writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify({
    extends: join(here, 'tsconfig.json'),
    files: [file],
    include: [],
  }));
  const tsc = join(here, '../node_modules/typescript/bin/tsc');
  const args = [tsc, '--project', scratch, '--noErrorTruncation', '--pretty', 'false'];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  for (const [, line, text] of stdout.matchAll(/\((\d+),\d+\): error \w+: (.*)/g)) {
    problems.push(`${lines[line - 1].replace(/^none<.*\/\/ /, '')}: ${text}`);
  }
  if (status !== 0 && problems.length === 0) problems.push(stdout);
} finally {
  rmSync(scratch, { recursive: true });
}

console.log(problems.join('\n'));
process.exit(problems.length > 0 ? 1 : 0);
