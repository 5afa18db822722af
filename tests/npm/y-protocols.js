// y-protocols: documents and awareness are synchronised over WebSockets of krandog.
import assert from 'assert';
import http from 'http';
import { once } from 'events';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';

const shared = new Y.Doc();
shared.getText('t').insert(0, 'from the server');
const answer = (doc, data, ws) => {
  const out = encoding.createEncoder();
  sync.readSyncMessage(decoding.createDecoder(new Uint8Array(data)), out, doc, ws);
  if (encoding.length(out) > 0) ws.send(encoding.toUint8Array(out));
};
const server = http.createServer({ websocket: { message: (ws, data) => answer(shared, data, ws) } });
await once(server.listen(0), 'listening');

const mine = new Y.Doc();
const ws = new WebSocket(`ws://127.0.0.1:${server.address().port}/`);
ws.binaryType = 'arraybuffer';
ws.onmessage = ({ data }) => answer(mine, data, ws);
await once(ws, 'open');
const done = once(mine, 'update');
const out = encoding.createEncoder();
sync.writeSyncStep1(out, mine);
ws.send(encoding.toUint8Array(out));
await done;
assert.equal(mine.getText('t').toString(), 'from the server');
ws.close();
server.close();
