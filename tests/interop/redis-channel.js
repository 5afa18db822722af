// A BroadcastChannel over a broker: posts each line of standard input, and says what it hears.

import { Hub } from 'krandog:hub';

const say = (...words) => console.log(JSON.stringify(words));
const hub = new Hub({ bus: process.argv[2] });
const channel = new BroadcastChannel('news', { hub });
channel.onmessage = ({ data: { text, at, list } }) => {
  say(text, at.getTime(), [...list.keys()]);
};
hub.on('bus', ({ connected }) => say(connected ? 'up' : 'down'));
for await (const text of process.stdin.lines()) {
  channel.postMessage({ text, at: new Date(5), list: new Map([['a', 1]]) });
}
channel.close();
process.exit(0);
