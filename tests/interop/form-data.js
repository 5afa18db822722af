// Tells what is in the forms that it gets, and sends one. Prints the port.

import http from 'http';

const parsed = (req) => (
  new Response(req.bytes, { headers: { 'content-type': req.headers['content-type'] } }).formData()
);

const server = http.createServer({ maxBody: 4_000_000 })
  .post('/form', async (req) => {
    const fields = [];
    for (const [name, value] of await parsed(req)) {
      if (typeof value === 'string') fields.push([name, value]);
      else fields.push([name, value.name, value.type, [...(await value.bytes()).slice(0, 10)], value.size]);
    }
    return { json: fields };
  })
  .get('/form', () => {
    const form = new FormData();
    form.append('text', 'gr\u00fcn\n\u6c34');
    form.append('quo"ted', '');
    form.append('file', new File([new Uint8Array([0, 13, 10, 255])], '\u6c34.bin', { type: 'a/b' }));
    return new Response(form);
  });

server.listen(0, '127.0.0.1', () => console.log(server.address().port));
