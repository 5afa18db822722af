// What is wrong with a route is said when it is added.

import assert from 'assert';
import http from 'http';

const fn = () => {};
const server = http.createServer();
const refused = (code, message, add) => assert.throws(add, { name: 'TypeError', code, message });
const type = (message, add) => refused('ERR_INVALID_ARG_TYPE', message, add);
const value = (message, add) => refused('ERR_INVALID_ARG_VALUE', message, add);
const pattern = (message, add) => refused('ERR_INVALID_URL_PATTERN', message, add);

value("server.get: the pattern 'chat' must begin with a slash: did you mean '/chat'?",
  () => server.get('chat', fn));
value("server.ws: the pattern ':room' must begin with a slash: did you mean '/:room'?",
  () => server.ws(':room', {}));
value("server.all: the pattern '' must begin with a slash: did you mean '/'?",
  () => server.all('', fn));
value("server.use: the pattern 'https://a.b/c' must begin with a slash: for whole URLs pass new "
  + "URLPattern('https://a.b/c')", () => server.use('https://a.b/c', fn));
const handler = /^server\.post takes a pattern and one handler: server\.post\('\/path', \(req\)/;
for (const given of [[], ['/a'], [fn], [fn, fn], ['/a', fn, fn]]) {
  type(handler, () => server.post(...given));
}
type('server.put: the handler must be a function, not an object', () => server.put('/a', {}));
type("server.use: the handler must be a function, not '/a'", () => server.use('/a'));
for (const given of [[], ['/a', fn, fn], [fn, fn]]) {
  type(/^server\.use takes one function, and a pattern before it: /, () => server.use(...given));
}
for (const given of [[], ['/a'], [{}], ['/a', 7], ['/a', {}, {}]]) {
  type(/^server\.ws takes a pattern and hooks: /, () => server.ws(...given));
}
type("server.get: the pattern must be a path such as '/chat/:room' or a URLPattern, not 7",
  () => server.get(7, fn));
type("server.get: the pattern must be a path such as '/chat/:room' or a URLPattern, not a RegExp: "
  + "write a group, as in '/users/:id(\\\\d+)'", () => server.get(/a/, fn));
type("server.get: the pattern must be a path such as '/chat/:room' or a URLPattern, not an array: "
  + 'call it once for each', () => server.get(['/a', '/b'], fn));

type(/^server\.use: the handler must be/, () => server.use('/a', 7));
for (const written of [(req, res, next) => next(), (error, req, res, next) => next()]) {
  value('server.use: the function gets (req, next), and returns a reply or next(): there is no res',
    () => server.use(written));
}
for (const [given, meant] of [
  ['/users/{id}', '/users/:id'], ['/{a}/b/{c}', '/:a/b/:c'], ['/users/[id]', '/users/:id'],
  ['/[...path]', '/*'], ['/files/{path...}', '/files/*'], ['/users/<int:id>/x', '/users/:id/x'],
  ['/<id>', '/:id'], ['/files/<path:name>', '/files/*'],
]) {
  value(`server.get: the pattern '${given}' has no name that starts with a colon: did you mean '${meant}'?`,
    () => server.get(given, fn));
}
for (const given of ['/a?b=c', '/a#b']) {
  value(`server.ws: the pattern '${given}' must be the path alone: look at req.query for the rest`,
    () => server.ws(given, {}));
}

pattern("server.get: Invalid pattern '/a(b' at 2: a group has no end",
  () => server.get('/a(b', fn));
pattern("server.ws: Invalid pattern '/a}': unexpected '}' at 2", () => server.ws('/a}', {}));
pattern("server.ws: Invalid pattern '/:a/:a': the name 'a' stands there twice",
  () => server.ws('/:a/:a', {}));
pattern(String.raw`server.get: Invalid pattern '/:a([^/]+)': failed to create matcher: Invalid class `
  + String.raw`set character: inside of [ ], write \\/ for a slash, and so for ( ) [ ] { } - and |`,
() => server.get('/:a([^/]+)', fn));
server.get('/class/:a([^\\/]+)', fn);
pattern("server.get: Invalid pattern '/:' at 1: a name is missing", () => server.get('/:', fn));

value(/^unknown option mesage: did you mean message\? \(known: /,
  () => server.ws('/a', { mesage: fn }));
value(/^unknown option onOpen: did you mean open\? /, () => server.ws('/a', { onOpen: fn }));
value(/^unknown option handshakeTimeout \(known: /, () => server.ws('/a', { handshakeTimeout: 1 }));
type('option message must be a function, not true', () => server.ws('/a', { message: true }));

// None of these has left anything behind.
server.get('/a/:x', fn).get('/b', fn).all('/c', fn).ws('/a/:x', {}).use('/a/*', fn).use('/a/*', fn);
const hidden = (method, path, before) => value(
  `server.${method}: nothing ever reaches '${path}', since a route for '${before}' was added `
    + 'before it',
  () => server[method](path, method === 'ws' ? {} : fn),
);
hidden('get', '/a/:y', '/a/:x');
hidden('get', '/b', '/b');
hidden('post', '/c', '/c');
hidden('ws', '/a/:y', '/a/:x');
server.post('/a/:x', fn).all('/b', fn).ws('/b', {});

assert.throws(() => server.get.call({}, '/x', fn), { name: 'TypeError', message: /Server/ });
