// The server under test: sends messages in parts and single frames. Prints its port.

import http from 'http';

const commands = {
  // A text in so many parts, with a ping between them, and a message that waits for its end.
  async stream(ws, parts) {
    const writer = ws.stream({ type: 'text' });
    for (let part = 0; part < Number(parts); part++) {
      await writer.write(`${part} grüße 🦝 `);
      if (part === 1) {
        ws.send('next');
        ws.sendFrame(9, 'between');
      }
    }
    await writer.close();
  },
  async large(ws, mebibytes) {
    const writer = ws.stream();
    const part = new Uint8Array(2 ** 20).fill(7);
    for (let done = 0; done < Number(mebibytes); done++) await writer.write(part);
    await writer.close();
  },
  frames(ws) {
    ws.sendFrame(2, new Uint8Array([1]), { fin: false });
    ws.sendFrame(0, new Uint8Array(), { fin: false });
    ws.sendFrame(0, new Uint8Array([2]));
    ws.sendFrame(8, new Uint8Array([0x0f, 0xa1, 0x62, 0x79, 0x65]));
  },
  abort(ws) {
    ws.stream({ type: 'text' }).write('begun').then(() => ws.terminate());
  },
};

const perMessageDeflate = { threshold: 0, serverNoContextTakeover: false };
const server = http.createServer({ websocket: { perMessageDeflate, maxPending: 100 } }, (req) => {
  if (req.type === 'http') return 'ok';
  const [name, ...rest] = req.data.split(' ');
  return Object.hasOwn(commands, name) ? commands[name](req.ws, ...rest) : void req.ws.send(req.data);
});
server.listen(0, () => console.log(server.address().port));
