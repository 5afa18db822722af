// The client under test: puts a peer's server, whose URL is the argument, through its paces.
//
// That server sends back what it gets, but does what these ask for:
//   close CODE REASON   ping DATA   fragments WORDS   request   abort

const base = process.argv[2];

function check(actual, expected) {
  const [a, b] = [actual, expected].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`${a.slice(0, 300)} is not ${b.slice(0, 300)}`);
}

// The next event of that name. A socket that closes has no other to wait for.
const event = (ws, name) =>
  new Promise((resolve, reject) => {
    ws.addEventListener(name, resolve, { once: true });
    if (name === 'open' || name === 'message') {
      ws.addEventListener('close', () => reject(new Error(JSON.stringify(ws.closeInfo))));
    }
  });

async function open(path = '/', second = undefined) {
  const ws = new WebSocket(base + path, second);
  ws.binaryType = 'arraybuffer';
  check(ws.readyState, WebSocket.CONNECTING);
  await event(ws, 'open');
  check(ws.readyState, WebSocket.OPEN);
  return ws;
}

async function ask(ws, message) {
  const answer = event(ws, 'message');
  ws.send(message);
  return (await answer).data;
}

const bytesOf = (buffer) => Array.from(new Uint8Array(buffer));

// Neither compresses so well that it would be taken for a decompression bomb.
const noise = (length) => Array.from({ length }, (_, at) => (at * at * 31 + at * 7) >> 5 & 255);
const prose = (length) => noise(length).map((byte) => String.fromCharCode(0xe0 + byte)).join('');

async function textAndBytes() {
  const ws = await open();
  for (const text of ['', 'hello', 'grüß dich, 世界 🦝 \0 \u2028', prose(70000)]) {
    check(await ask(ws, text), text);
  }
  for (const bytes of [[], [0, 1, 0, 255], noise(66000)]) {
    check(bytesOf(await ask(ws, new Uint8Array(bytes))), bytes);
    check(bytesOf(await ask(ws, new Uint8Array(bytes).buffer)), bytes);
  }
  check(bytesOf(await ask(ws, new Uint8Array([1, 2, 3, 4]).subarray(1, 3))), [2, 3]);
  check(bytesOf(await ask(ws, new DataView(new ArrayBuffer(2)))), [0, 0]);
  check(bytesOf(await ask(ws, new Blob(['blob']))), [98, 108, 111, 98]);
  const large = new Uint8Array(noise(2 ** 20));
  check((await ask(ws, large)).byteLength, 2 ** 20);
  ws.close();
  check((await event(ws, 'close')).wasClean, true);
}

async function fragments() {
  const ws = await open();
  check(await ask(ws, 'fragments one two grün drei'), 'onetwogründrei');
  ws.close();
  await event(ws, 'close');
}

async function pings() {
  const ws = await open();
  check(await ask(ws, 'ping abc'), 'pong abc');
  const roundTrip = await ws.ping('data');
  check(roundTrip >= 0 && roundTrip < 10000, true);
  ws.close();
  await event(ws, 'close');
}

async function closing() {
  for (const [code, reason] of [[1000, 'done'], [1001, ''], [1011, ''], [4999, 'grün']]) {
    const ws = await open();
    ws.send(`close ${code} ${reason}`);
    const closed = await event(ws, 'close');
    check([closed.code, closed.reason, closed.wasClean], [code, reason, true]);
    check(ws.readyState, WebSocket.CLOSED);
  }
  for (const [code, reason] of [[1000, ''], [3000, 'grün']]) {
    const ws = await open();
    ws.close(code, reason);
    check(ws.readyState, WebSocket.CLOSING);
    const closed = await event(ws, 'close');
    check([closed.code, closed.reason, closed.wasClean], [code, reason, true]);
  }
  const ws = await open();
  ws.close();
  const closed = await event(ws, 'close');
  check([closed.code, closed.reason, closed.wasClean], [1005, '', true]);
}

async function losing() {
  const ws = await open();
  ws.send('abort');
  const closed = await event(ws, 'close');
  check([closed.code, closed.wasClean], [1006, false]);
}

async function opening() {
  const ws = await open('/a/b?c=d', {
    protocols: ['chat.v1', 'chat.v2'],
    headers: { 'X-Test': 'yes' },
  });
  check(ws.protocol, 'chat.v2');
  check(ws.url, `${base}/a/b?c=d`);
  check(JSON.parse(await ask(ws, 'request')), { path: '/a/b?c=d', test: 'yes' });
  ws.close();
  await event(ws, 'close');
}

async function refusal() {
  const ws = new WebSocket(`${base}/refused`);
  const error = event(ws, 'error');
  const closed = event(ws, 'close');
  check([(await error).status, (await closed).code], [401, 1006]);
}

for (const step of [textAndBytes, fragments, pings, closing, losing, opening, refusal]) {
  console.log(step.name);
  await step();
}
