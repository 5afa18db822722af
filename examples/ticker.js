// Prices for thousands of readers: one producer, and nobody waits for those who read slowly.
//
//   krandog examples/ticker.js               then open the address that it prints
//
// Environment: PORT (3000; 0 picks a free one); RATE (20: prices a second).
//
// The protocol: a WebSocket at /prices hears all of them. Every message is one JSON object.
//
//   {type: 'all', prices: [{symbol, price, change, number}]}      first: what is known
//   {type: 'price', symbol, price, change, number}
//       `number` counts the prices of the symbol: a gap is what was left out for a slow reader.
//       `change` is since the start, in parts of a hundred.
//
// GET /stats tells how many read, how much was published, and how much was left out.

import http from 'http';
import { addPage } from './ticker-page.js';

const SYMBOLS = [
  'ACORN', 'BIRCH', 'CRUMB', 'DUSK', 'EMBER', 'FERN',
  'GLOW', 'HUSK', 'IVY', 'JUNIPER', 'KRAN', 'LEAF',
];
const RATE = Number(process.env.RATE ?? 20);

const stocks = SYMBOLS.map((symbol, at) => {
  const price = 20 + at * 7.5;
  return { symbol, price, change: 0, number: 0, start: price };
});
const stats = { published: 0, dropped: 0 };

const server = http.createServer();
addPage(server);

server.ws('/prices', {
  maxConnections: 20_000,
  // Nobody has anything to say here.
  maxPayload: 16,
  rateLimit: { messages: 1, per: 10_000, action: 'close' },
  // What waits for a slow reader is at most one price of each symbol, the latest.
  backpressure: 'coalesce',
  open(ws) {
    ws.send(JSON.stringify({ type: 'all', prices: stocks.map(told) }));
    ws.join('prices');
  },
  message(ws) {
    ws.close(1008, 'this is for listening');
  },
  close(ws) {
    stats.dropped += ws.droppedMessages;
  },
});

server.get('/stats', () => {
  const left = Array.from(server.clients, (ws) => ws.droppedMessages);
  const dropped = left.reduce((sum, count) => sum + count, stats.dropped);
  return { json: { readers: server.hub.size('prices'), published: stats.published, dropped } };
});

function told({ symbol, price, change, number }) {
  return { symbol, price, change, number };
}

// The producer. A real one might read a feed: `new WebSocket(url, { reconnect: true })`.
setInterval(() => {
  for (let count = 0; count < RATE / 20; count += 1) move(stocks[stats.published % stocks.length]);
}, 1000 / 20);

function move(stock) {
  const { symbol, start } = stock;
  const moved = stock.price * (1 + (Math.random() - 0.5) / 50);
  stock.price = Math.max(1, Math.round(moved * 100) / 100);
  stock.change = Math.round((stock.price / start - 1) * 10_000) / 100;
  stock.number += 1;
  stats.published += 1;
  // Encoded once, however many read it. It replaces a price with the same key that still waits.
  server.hub.publish('prices', JSON.stringify({ type: 'price', ...told(stock) }), { key: symbol });
}

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Ticker: http://localhost:${server.address().port}/`);
});
