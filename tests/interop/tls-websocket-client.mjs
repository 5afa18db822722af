// krandog's client over TLS: all that websocket-client.mjs looks at, with the TLS of Node.js.

import { runOverTls } from '../support/peer.mjs';

runOverTls('websocket-client.mjs');
