// Video calls of two, from browser to browser. The server only brings the two together: what they
// have to tell each other for that goes through a relay rule, and never enters this script.
//
//   krandog examples/signalling.js           then open the address that it prints, twice
//   krandog --tls-self-signed examples/signalling.js
//                                            for other machines: browsers give a camera to pages
//                                            that came by https, or from this machine
//
// Environment: PORT (3000; 0 picks a free one); ICE (the servers that help through firewalls, such
// as [{"urls": "stun:stun.example.com"}] in JSON; without any, a call stays in the local network).
//
// The protocol: a WebSocket at /call/NAME is in the call of that name. Every message is one JSON
// object.
//
// From the server
//   {type: 'welcome', other, ice}    `other` says whether somebody is there already
//   {type: 'arrived'}                somebody has come: make an offer
//   {type: 'left'}                   the other has lost the server; the call itself may go on
//
// From the other page: whatever it sends, as it is. The page does not trust it either.

import http from 'http';
import process from 'process';
import { addPage } from './signalling-page.js';

const ice = JSON.parse(process.env.ICE ?? '[]');

const server = http.createServer();
addPage(server);

server.ws('/call/:name([a-z0-9\\-]{1,40})', {
  maxConnections: 1000,
  maxPayload: 32 * 1024,
  open(ws) {
    const call = ws.pathname;
    const others = server.hub.size(call);
    if (others > 1) return ws.close(4009, 'two are talking already');
    ws.join(call);
    ws.send(JSON.stringify({ type: 'welcome', other: others > 0, ice }));
    ws.publish(call, JSON.stringify({ type: 'arrived' }));
    // From here on, its messages go to the other, up to so many a second.
    ws.relay(call, { rate: 100 });
  },
  close(ws) {
    for (const call of ws.rooms) server.hub.publish(call, JSON.stringify({ type: 'left' }));
  },
});

server.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Signalling server: http://localhost:${server.address().port}/`);
});
