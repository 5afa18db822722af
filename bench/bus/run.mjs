// What a message costs that goes from one process to another over Redis: krandog's bus, and Socket.IO
// with its Redis adapter on Node.js, in one run with one client.
//
//   node bench/bus/run.mjs            prints a table; needs redis-server and `npm install` in bench/bus
//   KRANDOG=path RATE=2000 SECONDS=5 RECEIVERS=10 ROUNDS=3
//
// One connection to the first process publishes RATE messages a second to a room; RECEIVERS are in it
// at the second. CPU is that of both processes, without Redis, for each message published. Latency is
// from the call that sends to the message in a receiver, in the client.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const number = (name, otherwise) => Number(process.env[name] ?? otherwise);
const [rate, seconds, receivers, rounds] = [
  number('RATE', 2000), number('SECONDS', 5), number('RECEIVERS', 10), number('ROUNDS', 3),
];
const krandog = process.env.KRANDOG ?? here('../../target/dist/krandog');
const children = new Set();

function start(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
  children.add(child);
  return child;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => { probe.once('listening', resolve); });
  const { port } = probe.address();
  await new Promise((resolve) => { probe.close(resolve); });
  return port;
}

// The first line that a server prints is its port.
const portOf = (child) => new Promise((resolve) => {
  child.stdout.once('data', (line) => resolve(Number(line)));
});

// Seconds of CPU that a process has taken.
function cpuOf({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

// A connection that joins, says and hears, in the words of either server.
const SPEECH = {
  krandog: { path: '/', said: (data) => data.toString(), say: (text) => text },
  'socket.io': {
    path: '/socket.io/?EIO=4&transport=websocket',
    said: (data) => JSON.parse(data.toString().slice(2))[1],
    say: (text) => `42${JSON.stringify(['say', text])}`,
  },
};

async function open(peer, port, hear) {
  const { path, said } = SPEECH[peer];
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => peer === 'krandog' && resolve());
    socket.on('message', (data) => {
      const text = data.toString();
      if (peer === 'socket.io' && text[0] === '0') socket.send('40');
      else if (peer === 'socket.io' && text.startsWith('40')) resolve();
      else if (peer === 'socket.io' && text === '2') socket.send('3');
      else hear(said(data));
    });
  });
  return socket;
}

async function measure(peer, redis) {
  const [program, script] = peer === 'krandog' ? [krandog, 'krandog.js'] : ['node', 'socket-io.mjs'];
  const servers = [1, 2].map(() => start(program, [here(script), redis]));
  const ports = await Promise.all(servers.map(portOf));
  const latencies = [];
  const hear = (text) => latencies.push(performance.now() - Number(text.split(' ')[0]));
  const sockets = [];
  for (let count = 0; count < receivers; count += 1) {
    sockets.push(await open(peer, ports[1], hear));
  }
  const publisher = await open(peer, ports[0], () => {});
  const { say } = SPEECH[peer];
  const publish = async (count) => {
    const begin = performance.now();
    for (let sent = 0; sent < count;) {
      const due = Math.min(count, Math.ceil((performance.now() - begin) * rate / 1000));
      for (; sent < due; sent += 1) publisher.send(say(`${performance.now()} ${'x'.repeat(100)}`));
      await sleep(1);
    }
    while (latencies.length < count * receivers) await sleep(5);
  };
  await sleep(500);
  await publish(rate);
  latencies.length = 0;
  const before = servers.map(cpuOf);
  await publish(rate * seconds);
  const cpu = servers.map((server, at) => cpuOf(server) - before[at]);
  for (const socket of [...sockets, publisher]) socket.terminate();
  for (const server of servers) server.kill();
  latencies.sort((one, other) => one - other);
  const at = (part) => latencies[Math.floor(latencies.length * part)];
  const [publishing, receiving] = cpu.map((spent) => spent / (rate * seconds) * 1e6);
  return { cpu: publishing + receiving, publishing, receiving, p50: at(0.5), p99: at(0.99) };
}

// From the first join to the subscriptions in place.
async function storm(redis, port) {
  const server = start(krandog, [here('storm.js'), redis]);
  const [took] = await new Promise((resolve) => {
    server.stdout.once('data', (line) => resolve(JSON.parse(line)));
  });
  server.kill();
  return `10 000 rooms with one member each: subscribed to in ${Math.round(took)} ms (port ${port})`;
}

try {
  const port = await freePort();
  start('redis-server', ['--port', port, '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'],
    { stdio: 'ignore' });
  await sleep(500);
  const redis = `redis://127.0.0.1:${port}`;
  const median = (list) => list.sort((one, other) => one - other)[Math.floor(list.length / 2)];
  const all = { krandog: [], 'socket.io': [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const peer of Object.keys(all)) all[peer].push(await measure(peer, redis));
  }
  console.log('| peer | CPU a message, µs | of it publishing | p50 ms | p99 ms |');
  console.log('| --- | ---: | ---: | ---: | ---: |');
  const cpus = {};
  for (const [peer, results] of Object.entries(all)) {
    const of = (key) => median(results.map((result) => result[key]));
    cpus[peer] = of('cpu');
    const cells = [of('cpu').toFixed(1), of('publishing').toFixed(1), of('p50').toFixed(2)];
    console.log(`| ${peer} | ${cells.join(' | ')} | ${of('p99').toFixed(2)} |`);
  }
  console.log(`krandog takes ${(cpus.krandog / cpus['socket.io']).toFixed(2)} of Socket.IO's CPU`);
  console.log(await storm(redis, port));
} finally {
  for (const child of children) child.kill();
}
process.exit(0);
