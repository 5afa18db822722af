// A client of a server that speaks the protocol of Redis, and means harm: `redis.js PORT`.

import { Redis } from 'krandog:redis';

const redis = new Redis(`redis://127.0.0.1:${process.argv[2]}`);
redis.on('error', ({ code, message }) => console.log('error', code, message));
redis.on('message', (channel, text) => console.log('message', channel, text));
redis.on('push', (...facts) => console.log('push', facts.length));
console.log('reply', await redis.get('a'));
redis.disconnect();
