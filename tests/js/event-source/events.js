// Events have a type, data, an id and an origin, however their bytes are cut.
import assert from 'assert';

const text = '\ufeff: hello\r\nretry: 5\n\ndata: \u6c34\ndata: b\n\nevent: named\rid: 7\rdata: c\r\r'
  + 'id: 8\n\ndata\n\nevent: lost\n\nignored: x\n\ndata: cut';
const bytes = new TextEncoder().encode(text);
const answers = [
  new Response(new ReadableStream({
    async pull(controller) {
      for (let at = 0; at < bytes.length; at += 3) {
        await null;
        controller.enqueue(bytes.subarray(at, at + 3));
      }
      controller.close();
    },
  }), { headers: { 'content-type': 'Text/Event-Stream; charset=utf-8' } }),
];
const asked = [];
const source = new EventSource('http://a.example:81/x#y', {
  headers: { authorization: 'mine' },
  fetch: async (url, { headers, cache, credentials }) => {
    asked.push([url, headers.get('last-event-id'), headers.get('accept'), headers.get('authorization'), cache, credentials]);
    return answers.shift() ?? new Response(null, { status: 204 });
  },
});
assert.deepStrictEqual([source.readyState, source.url, source.withCredentials], [0, 'http://a.example:81/x#y', false]);

const seen = [];
const note = ({ type, data, lastEventId, origin }) => seen.push([type, data, lastEventId, origin]);
source.onmessage = note;
source.addEventListener('named', note);
source.onopen = () => seen.push(source.readyState);
await new Promise((resolve) => {
  source.onerror = () => {
    seen.push(source.readyState);
    if (source.readyState === EventSource.CLOSED) resolve();
  };
});
const origin = 'http://a.example:81';
assert.deepStrictEqual(seen, [
  1, ['message', '\u6c34\nb', '', origin], ['named', 'c', '7', origin], ['message', '', '8', origin], 0, 2,
]);
const same = ['http://a.example:81/x#y', 'text/event-stream', 'mine', 'no-store', 'same-origin'];
assert.deepStrictEqual(asked, [null, '8'].map((id) => [same[0], id, ...same.slice(1)]));
