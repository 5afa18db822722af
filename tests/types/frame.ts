// krandog:frame, single frames and streams of a WebSocket, and what is promised of what is sent.

import frames, { CLOSE_CODE, Frame, FrameDecoder, FrameEncoder, LIMITS, OPCODE } from 'krandog:frame';
import { acceptKey, isUpgradeRequest, runEcho, validateRequest } from 'krandog:frame';
import type { FrameError } from 'krandog:frame';
import http from 'http';

const decoder = new FrameDecoder({ maxPayload: LIMITS.SERVER_MAX_PAYLOAD, masked: true });
const encoder = new FrameEncoder({ mask: true });
const sent: Uint8Array = encoder.encode(Frame.text('hello', { fin: false }));
try {
  for (const frame of decoder.push(sent)) {
    if (frame.isClose && frame.closeCode === CLOSE_CODE.NORMAL) console.log(frame.closeReason);
    const again: Uint8Array = frame.encode({ mask: frame.maskKey ?? false });
    console.log(frame.name, frame.payloadText.length, again.length);
  }
} catch (error) {
  console.log((error as FrameError).closeCode, (error as FrameError).frames.length);
}
new frames.Frame({ opcode: OPCODE.PING, payload: new Blob(['x']) });

http.createServer((req) => {
  if (req.type === 'websocket' || !isUpgradeRequest(req)) return 'no';
  const check = validateRequest(req);
  return check.ok ? acceptKey(check.key) : { status: check.status, headers: check.headers, body: check.message };
});
const server = await runEcho(0, { websocket: { backpressure: 'coalesce', maxPending: 10, dropped: (ws) => ws.id } });

const ws = new WebSocket('ws://127.0.0.1:1', { backpressure: 'drop-old' });
const waiting: number | false | undefined = ws.send('x', { key: 'k' });
const flushed: Promise<void> = ws.send('x', { flushed: true });
await Promise.all([flushed, ws.drained()]);
const frame: number | false = ws.sendFrame(OPCODE.TEXT, 'x', { fin: false });
const writer = ws.stream({ type: 'text' });
await writer.write('x');
await writer.close();
ws.ondropped = () => console.log(waiting, frame, ws.droppedMessages);
server.hub.publish('room', 'x', { key: 'k' });

// @ts-expect-error a misspelt policy
http.createServer({ websocket: { backpressure: 'drop' } });
// @ts-expect-error an opcode is a number
ws.sendFrame('text');
// @ts-expect-error a frame has an opcode
new Frame({ payload: 'x' });
