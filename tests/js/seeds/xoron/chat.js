// The chat: JSON with a type, a message of the system for who comes and goes, and names.

import assert from 'assert';
import { event, serve } from '../../../support/network.js';

const { server, url } = await serve({
  websocket: {
    message(ws, data) {
      const { type, username, text } = JSON.parse(data);
      if (type === 'join') {
        ws.data = username;
        ws.join('chat');
        server.hub.publish('chat', JSON.stringify({ type: 'system', text: `${username} is here` }));
      } else {
        server.hub.publish('chat', JSON.stringify({ type, username: ws.data, text }));
      }
    },
    close(ws) {
      server.hub.publish('chat', JSON.stringify({ type: 'system', text: `${ws.data} has left` }));
    },
  },
});

class Chat {
  lines = [];
  #ws;

  constructor(username) {
    this.#ws = new WebSocket(url);
    this.#ws.onopen = () => this.#send({ type: 'join', username });
    this.#ws.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      this.lines.push(message.type === 'system' ? `[${message.text}]` : `${message.username}: ${message.text}`);
      this.#ws.dispatchEvent(new Event('line'));
    };
    this.#ws.onclose = ({ reason }) => this.lines.push(`closed: ${reason}`);
  }

  #send(message) {
    this.#ws.send(JSON.stringify(message));
  }

  say(text) {
    this.#send({ type: 'message', text });
  }

  async hears(count) {
    while (this.lines.length < count) await event(this.#ws, 'line');
  }

  close() {
    this.#ws.close();
  }
}

const ada = new Chat('Ada');
await ada.hears(1);
const grace = new Chat('Grace');
await grace.hears(1);
ada.say('Hello');
await Promise.all([ada.hears(3), grace.hears(2)]);
grace.close();
await ada.hears(4);
assert.deepStrictEqual(ada.lines, ['[Ada is here]', '[Grace is here]', 'Ada: Hello', '[Grace has left]']);
assert.deepStrictEqual(grace.lines.slice(0, 2), ['[Grace is here]', 'Ada: Hello']);
await server.close({ reason: 'the evening is over' });
