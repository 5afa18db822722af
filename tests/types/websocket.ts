// WebSocket: one class, both ends.

import { closeAll, connections, Pool } from 'krandog:client';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const same = <A, B>(_: Same<A, B>) => {};

// --- the constructor ---

const ws = new WebSocket('ws://localhost:3000/');
new WebSocket(new URL('ws://localhost:3000/'));
new WebSocket('ws://localhost:3000/', 'chat');
new WebSocket('ws://localhost:3000/', ['chat.v2', 'chat.v1'] as const);
new WebSocket('ws://localhost:3000/', new Set(['chat']));
new WebSocket('ws://localhost:3000/', {
  protocols: ['chat'],
  headers: { Authorization: 'Bearer 1', 'X-Count': 2, 'X-None': undefined },
  handshakeTimeout: 1000,
  maxPayload: 1, maxFragments: 1, maxBackpressure: 1,
  pingInterval: 0, pongTimeout: 0, idleTimeout: 0, closeTimeout: 0,
  perMessageDeflate: { clientMaxWindowBits: 9, serverNoContextTakeover: false },
});
// @ts-expect-error: a URL is needed
new WebSocket();
// @ts-expect-error: a mistyped name
new WebSocket('ws://localhost:3000/', { protocol: 'chat' });
// @ts-expect-error: an option of servers
new WebSocket('ws://localhost:3000/', { allowedOrigins: '*' });
// @ts-expect-error: milliseconds
new WebSocket('ws://localhost:3000/', { handshakeTimeout: '1s' });

// --- what it is ---

same<typeof ws.id, number>(true);
same<typeof ws.url, string>(true);
same<typeof ws.protocol, string>(true);
same<typeof ws.extensions, string>(true);
same<typeof ws.bufferedAmount, number>(true);
same<typeof ws.readyState, 0 | 1 | 2 | 3>(true);
same<typeof ws.remoteAddress, string | undefined>(true);
same<typeof ws.closeInfo, CloseInfo | null>(true);
if (ws.readyState === WebSocket.OPEN || ws.readyState === ws.CLOSING) ws.binaryType = 'arraybuffer';
ws.data = { name: 'alice' };
ws.headers?.['user-agent']?.includes('curl');
// @ts-expect-error: one that this end opened has none
ws.headers.host;
// @ts-expect-error: there is none before the close
ws.closeInfo.code;
// @ts-expect-error: nobody can give it another
ws.id = 2;
// @ts-expect-error: nor open it by hand
ws.readyState = 1;
// @ts-expect-error: no such type
ws.binaryType = 'text';

// --- what it does ---

ws.onclose = (event) => ws.close(event);
ws.close({ code: 1012, reason: 'restart' });
if (ws.closeInfo !== null) ws.close(ws.closeInfo);
// @ts-expect-error: a mistyped name
ws.close({ cod: 1012 });

const sent: number | false | undefined = ws.send('text');
ws.send(new Uint8Array(2), { compress: true });
ws.send(new ArrayBuffer(2), {});
ws.send(new DataView(new ArrayBuffer(2)));
ws.send(new Blob(['a']));
ws.close();
ws.close(1000, 'bye');
ws.ping().then((milliseconds) => milliseconds.toFixed(1));
ws.ping('data').catch(() => {});
ws.pong(new Uint8Array(2));
ws.pause();
ws.resume();
ws.terminate();
// @ts-expect-error: an object is no message
ws.send({ type: 'join' });
// @ts-expect-error: nothing is no message
ws.send();
// @ts-expect-error: a mistyped option
ws.send('text', { compressed: true });
// @ts-expect-error: the code comes first
ws.close('bye');

// --- what happens to it ---

ws.onopen = ({ type }) => type;
ws.onmessage = ({ data, origin }) => ws.send(`${origin}: ${data}`);
ws.onmessage = async ({ data }) => ws.send(await data);
ws.onclose = ({ code, reason, wasClean }) => [code, reason, wasClean];
ws.onerror = ({ code, status, message }) => {
  same<typeof code, string>(true);
  same<typeof status, number | undefined>(true);
  same<typeof message, string>(true);
};
ws.ondrain = null;
ws.onping = ({ data }) => data.byteLength;
ws.onpong = function pong() {
  this.send('pong');
};
ws.addEventListener('close', ({ code }) => code.toFixed(), { once: true });
ws.addEventListener('pong', ({ data }) => data.length, { signal: AbortSignal.timeout(1000) });
ws.addEventListener('something else', { handleEvent: (event: Event) => event.type });
ws.removeEventListener('close', () => {});
// @ts-expect-error: a close has no data
ws.onclose = ({ data }) => data;
// @ts-expect-error: a listener is a function
ws.onopen = 'hello';

async function read() {
  for await (const data of ws) {
    same<typeof data, any>(true);
    if (data === 'bye') break;
  }
  const { cause } = ws.closeInfo!;
  if (cause === 'timeout') return;
  // @ts-expect-error: no such cause
  if (cause === 'boredom') return;
}
void [sent, read];

// --- connecting again, and many of them ---

new WebSocket('ws://localhost/', { reconnect: true, queue: { maxBytes: 1024 } });
new WebSocket('ws://localhost/', { reconnect: { minDelay: 1, jitter: 0.5, retries: Infinity }, queue: false });
// @ts-expect-error: no such option
new WebSocket('ws://localhost/', { reconnect: { delay: 1 } });
ws.onreconnecting = ({ attempt, delay, code, reason, error, lost }) => {
  same<typeof error, (Error & { code: string; status?: number }) | null>(true);
  return [attempt + delay + code + lost.messages + lost.bytes, reason.length];
};
ws.addEventListener('reconnected', ({ attempt, downtime }) => attempt + downtime);

async function many() {
  const pool = new Pool({ max: 3, maxWaiting: 0 });
  const socket = await pool.connect('ws://localhost/', { signal: AbortSignal.timeout(1000) });
  same<typeof socket, WebSocket>(true);
  const first = await socket.receive({ timeout: 10 });
  const sizes: number = pool.size + pool.waiting + pool.max + pool.sendAll(first ?? 'none');
  for (const { closeInfo } of pool) closeInfo?.code.toFixed();
  for (const { id, state, received, sent, buffered } of connections()) {
    // @ts-expect-error: no such state
    if (state === 'error') continue;
    sizes.toFixed(id + received.bytes + sent.messages + buffered);
  }
  await closeAll(1000, 'done');
  await pool.closeAll({ code: 1001 });
  return socket.messages().length;
}
void many;
