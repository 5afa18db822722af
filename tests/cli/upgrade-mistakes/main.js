// A wrong verdict is reported with the request, the hook's place, and what was meant.

import http from 'http';

const verdicts = {
  '/user': async () => ({ user: 'ada' }),
  '/protocl': () => ({ protocl: 'chat' }),
  '/body': () => ({ body: 'no' }),
  '/statusCode': () => ({ status: 403, boddy: 'no' }),
};

// A function of which the text does not say where it stands.
const refuse = (() => 5).bind();

const server = http.createServer({
  websocket: { upgrade: ({ pathname }) => verdicts[pathname]() },
});

server.ws('/route', { upgrade: refuse });

server.listen(0, async () => {
  for (const path of [...Object.keys(verdicts), '/route']) {
    const ws = new WebSocket(`ws://localhost:${server.address().port}${path}`);
    await new Promise((resolve) => (ws.onerror = resolve)).then(({ code }) => console.log(code));
  }
  server.close();
});
