// Handlers that reply with a Response. Prints the port.

import http from 'http';

const kept = new Response('kept');

const server = http.createServer()
  .get('/text', () => new Response('h\u00e9', { status: 201, headers: { 'X-Case': 'a', 'x-case': 'b' } }))
  .get('/cookies', () => {
    const response = new Response(null, { status: 204 });
    response.headers.append('Set-Cookie', 'a=1');
    response.headers.append('set-cookie', 'b=2');
    return response;
  })
  .get('/json', async () => Response.json({ a: [1] }))
  .get('/bytes', () => new Response(new Uint8Array([0, 255])))
  .get('/blob', () => new Response(new Blob(['<p>'], { type: 'text/html' })))
  .get('/redirect', () => Response.redirect('http://a.example/x', 307))
  .get('/subclass', () => new (class Mine extends Response {})('mine'))
  .get('/used', async () => {
    const response = new Response('x');
    await response.text();
    return response;
  })
  .get('/kept', () => kept)
  .get('/error', () => Response.error());

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
