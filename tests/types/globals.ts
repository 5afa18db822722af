// What is there without an import, beside WebSocket.

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
const same = <A, B>(_: Same<A, B>) => {};

// --- events ---

const event = new Event('change', { cancelable: true });
event.preventDefault();
const detail: number = new CustomEvent('change', { detail: 1 }).detail;
new MessageEvent('message', { data: 'a', origin: 'b', lastEventId: 'c', source: null, ports: [] });
new CloseEvent('close', { code: 1000, reason: 'bye', wasClean: true });
new ErrorEvent('error', { message: 'a', filename: 'b', lineno: 1, colno: 2, error: new Error() });
class Door extends EventTarget {
  open() {
    return this.dispatchEvent(new Event('open'));
  }
}
const door = new Door();
door.addEventListener('open', ({ target }: Event) => target, { once: true });
door.addEventListener('open', null);
// @ts-expect-error: an event has a type
new Event();
// @ts-expect-error: it is dispatched, not its name
door.dispatchEvent('open');
// @ts-expect-error: what it is stays
event.type = 'other';

const controller = new AbortController();
controller.abort(new Error('enough'));
controller.signal.throwIfAborted();
controller.signal.onabort = () => {};
AbortSignal.any([controller.signal, AbortSignal.timeout(100), AbortSignal.abort()]);
// @ts-expect-error: signals come from controllers
new AbortSignal();

try {
  throw new DOMException('no', 'AbortError');
} catch (error) {
  if (error instanceof DOMException) same<typeof error.code, number>(true);
}
new DOMException('no', { name: 'DataCloneError', cause: new Error() });

// --- data ---

const blob = new Blob(['text', new Uint8Array(2), new Blob()], { type: 'text/plain' });
blob.slice(0, 1).text().then((text) => text.length);
blob.bytes().then((bytes) => bytes.byteLength);
new File(['text'], 'name.txt', { lastModified: 0 }).name;
// @ts-expect-error: a file has a name
new File(['text']);
// @ts-expect-error: parts are a list
new Blob('text');

same<ReturnType<TextEncoder['encode']>, Uint8Array>(true);
new TextDecoder('latin1', { fatal: true }).decode(new Uint8Array(2), { stream: true });
new URL('/a?b=c', 'http://example.com').searchParams.get('b')?.length;
URL.parse('nonsense')?.href;
// @ts-expect-error: it may be null
URL.parse('nonsense').href;
new URLSearchParams([['a', 'b']]).toString();
for (const [name, value] of new URLSearchParams({ a: 'b' })) [name.length, value.length];
// @ts-expect-error: values are strings
new URLSearchParams().append('a', 1);
atob(btoa('text')).length;
same<typeof detail, number>(true);
const copy = structuredClone({ list: [1] });
copy.list[0]?.toFixed();
structuredClone(new ArrayBuffer(2), { transfer: [] });

// --- timers ---

const timer = setTimeout((a: number, b: string) => [a, b], 10, 1, 'two');
timer.unref().ref().refresh().hasRef();
clearTimeout(timer);
clearTimeout(+timer);
clearTimeout();
clearInterval(setInterval(() => {}, 10));
const immediate = setImmediate((text: string) => text, 'now');
immediate.unref();
clearImmediate(immediate);
new Promise((resolve) => setTimeout(resolve, 10));
new Promise<void>((resolve) => setImmediate(resolve));
new Promise((resolve) => process.nextTick(resolve));
new Promise<number>((resolve) => setTimeout(resolve, 10, 1));
queueMicrotask(() => {});
queueMicrotask(async () => {});
// @ts-expect-error: no code in strings
setTimeout('alert()', 10);
// @ts-expect-error: the callback wants another kind of value
setTimeout((text: string) => text, 10, 1);
// @ts-expect-error: the callback wants a value
setTimeout((text: string) => text, 10);

// --- console, performance ---

console.log('a', 1, { b: 2 });
console.table([{ a: 1 }], ['a']);
console.assert(false, 'no');
console.timeLog('label', 1);
// @ts-expect-error: there is no such method
console.shout('a');
const elapsed: number = performance.now() - performance.timeOrigin;
performance instanceof Performance;

// --- process ---

same<typeof process.argv, string[]>(true);
same<typeof process.env.HOME, string | undefined>(true);
process.exitCode = 1;
process.exitCode = undefined;
process.on('exit', (code) => code.toFixed());
process.on('SIGHUP', (name, number) => [name, number]).once('SIGTERM', async () => {});
process.on('uncaughtException', (error, origin) => [error.stack, origin === 'unhandledRejection']);
process.off('SIGHUP', () => {});
process.nextTick((a: number) => a, 1);
process.stdout.write('text', () => {});
process.stdout.write('text', 'utf8', () => {});
process.stderr.end('last');
process.hrtime.bigint() - 1n;
process.memoryUsage().rss + process.memoryUsage.rss();
// @ts-expect-error: it is read
process.argv = [];
// @ts-expect-error: there are no numbers in an environment
process.env.PORT.toFixed();
// @ts-expect-error: text or bytes
process.stdout.write(1);
function stop(): string {
  if (elapsed > 1) return 'late';
  process.exit(1);
}
async function input() {
  for await (const line of process.stdin.lines()) same<typeof line, string>(true);
  for await (const chunk of process.stdin.setEncoding('utf8')) chunk.length;
}
const { url, dirname, main } = import.meta;
same<typeof main, boolean>(true);
`${url} ${dirname}`.length;
__dirname + __filename;
void [stop, input];

// --- workers ---

const worker = new Worker(new URL('file:///worker.js'), {
  type: 'module', name: 'one', workerData: { a: 1 }, transferList: [new ArrayBuffer(1)], ref: false,
});
worker.onmessage = ({ data }) => data.anything;
worker.onclose = ({ code }) => same<typeof code, number>(true);
worker.on('exit', (code) => same<typeof code, number>(true)).once('online', () => {});
worker.postMessage({ a: 1 }, [new ArrayBuffer(1)]);
worker.terminate().then((code) => code.toFixed());
// @ts-expect-error: programs are modules
new Worker('./worker.js', { type: 'classic' });
const { port1, port2 } = new MessageChannel();
port1.postMessage(0, { transfer: [port2] });
port1.on('message', (data) => data.anything).start();
// @ts-expect-error: only buffers and ports move
port1.postMessage(0, [{}]);
// @ts-expect-error: ports come from channels
new MessagePort();
new BroadcastChannel('name').onmessage = ({ data }) => data.anything;
import { parentPort, receiveMessageOnPort } from 'worker_threads';
parentPort?.postMessage(receiveMessageOnPort(port2)?.message);
// @ts-expect-error: it may be null
parentPort.postMessage(0);
