// What both roles have in common: the limits that Autobahn's cases need, and the echo itself with
// its deliberately broken variants, which prove that the check can fail.

import process from 'process';

const MiB = 2 ** 20;

const COMPRESSION = {
  off: false,
  // As a script that says no more than `true` gets it.
  plain: true,
  // Everything compressed, and every message may refer to those before it.
  full: { threshold: 0, serverNoContextTakeover: false, clientNoContextTakeover: false },
  // The same, but the client may be asked to forget.
  forgetful: { threshold: 0, serverNoContextTakeover: false, clientNoContextTakeover: true },
};

// krandog server.js COMPRESSION BREAKAGE plain|tls; krandog client.js COMPRESSION BREAKAGE … URL
const [compression, breakage, transport, url] = process.argv.slice(2);

export { url };

const certificate = `${__dirname}/../certificates/server`;
/** What a server speaks TLS with, if it is to. */
export const tls = transport === 'tls'
  ? { cert: `${certificate}.pem`, key: `${certificate}.key` }
  : undefined;

export const options = {
  // Groups 9, 12 and 13 send messages of 16 MiB, and others in up to 65 536 fragments.
  maxPayload: 16 * MiB,
  maxFragments: 65_536,
  maxBackpressure: 64 * MiB,
};
if (compression !== 'off') options.perMessageDeflate = COMPRESSION[compression];

const echoes = {
  none: (ws, data) => ws.send(data),
  // Binary messages lose their last byte.
  bytes: (ws, data) => ws.send(typeof data === 'string' ? data : data.slice(0, -1)),
  // Text comes back as binary.
  type: (ws, data) => ws.send(typeof data === 'string' ? new TextEncoder().encode(data) : data),
  // Too late for a peer that breaks the protocol right after its message: NON-STRICT, not FAILED.
  late: (ws, data) => setTimeout(() => ws.send(data), 50),
};

export const echo = echoes[breakage];
