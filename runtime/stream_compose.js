// `compose` of `stream`: streams in a row as one Duplex.
//
// Spec: https://nodejs.org/api/stream.html#streamcomposestreams

import { missing, wrongValue } from 'internal:errors';
import { Bridge } from 'internal:stream_bridge';
import { duplexify } from 'internal:stream_duplexify';
import { finished } from 'internal:stream_finished';
import { destroyer, isNode, isReadable, isWeb, isWritable } from 'internal:stream_kinds';
import { run } from 'internal:stream_pipeline';

export function compose(...given) {
  if (given.length === 0) throw missing('streams');
  const streams = given.map((stream, at) => {
    const isEnd = at === 0 || at === given.length - 1;
    return isWeb(stream) || (isEnd && !isNode(stream)) ? duplexify(stream) : stream;
  });
  if (streams.length === 1) return duplexify(streams[0]);
  streams.forEach((stream, at) => {
    if (!isNode(stream)) return;
    if (at < streams.length - 1 && !isReadable(stream)) {
      throw wrongValue(`streams[${at}]`, given[at], 'must be readable');
    }
    if (at > 0 && !isWritable(stream)) {
      throw wrongValue(`streams[${at}]`, given[at], 'must be writable');
    }
  });
  const head = streams[0];
  const isWrittenTo = isWritable(head);
  let bridge;
  const tail = run(streams, (error) => bridge.over(error));
  const [written, read] = [isWrittenTo ? head : undefined, isReadable(tail) ? tail : undefined];
  bridge = new Bridge(written, read, (error) => destroyer(tail, error));
  if (isWrittenTo) finished(tail, () => bridge.written());
  return bridge.duplex;
}
