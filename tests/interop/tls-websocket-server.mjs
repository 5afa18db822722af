// krandog's server over TLS: all that websocket-server.mjs looks at, with the TLS of Node.js.

import { runOverTls } from '../support/peer.mjs';

runOverTls('websocket-server.mjs');
