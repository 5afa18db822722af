// A name server for tests: it answers over UDP and TCP what a function says.

import dgram from 'dgram';
import net from 'net';

/** A name on the wire. */
export function name(text) {
  const labels = text === '' ? [] : text.split('.');
  return Buffer.concat([...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])), Buffer.from([0])]);
}

export function u16(...numbers) {
  return Buffer.from(numbers.flatMap((number) => [number >> 8, number & 255]));
}

/** A record of the name that was asked for, or of another. */
export function record(type, data, owner = Buffer.from([0xc0, 12])) {
  return Buffer.concat([owner, u16(type, 1), Buffer.from([0, 0, 0, 60]), u16(data.length), data]);
}

/** An answer to a question, with records and a code. */
export function answer(question, records = [], { code = 0, flags = 0x8180, id } = {}) {
  const head = Buffer.concat([
    id ?? question.subarray(0, 2), u16(flags | code, 1, records.length, 0, 0),
  ]);
  return Buffer.concat([head, question.subarray(12), ...records]);
}

/** What is asked: the name and the number of the kind. */
export function asked(question) {
  const labels = [];
  let at = 12;
  while (question[at] > 0) {
    labels.push(String(question.subarray(at + 1, at + 1 + question[at])));
    at += question[at] + 1;
  }
  return { name: labels.join('.'), type: question.readUInt16BE(at + 1) };
}

/** A server whose `reply(question, isTcp)` returns messages; its address, and what closes it. */
export async function nameServer(reply) {
  const udp = dgram.createSocket('udp4');
  udp.on('message', (question, from) => {
    for (const message of reply(question, false) ?? []) udp.send(message, from.port, from.address);
  });
  await new Promise((resolve) => { udp.bind(0, '127.0.0.1', resolve); });
  const { port } = udp.address();
  const tcp = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      for (const message of reply(bytes.subarray(2), true) ?? []) {
        socket.write(Buffer.concat([u16(message.length), message]));
      }
    });
  });
  await new Promise((resolve) => { tcp.listen(port, '127.0.0.1', resolve); });
  return {
    address: `127.0.0.1:${port}`,
    close() {
      udp.close();
      tcp.close();
    },
  };
}
