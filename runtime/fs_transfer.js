// read, write, readv and writev of fs: their many forms of arguments become one operation.
//
// Spec: https://nodejs.org/api/fs.html#fsreadfd-buffer-offset-length-position-callback

import { encodingOf } from 'ops:buffer';
import { load, read as readNative, readv as readvNative, write as writeNative, writev as writevNative } from 'ops:fs';
import { checkObject, outOfRange, wrongType, wrongValue } from 'internal:errors';
import { dataOf, fdOf, integerOf } from 'internal:fs_forms';

const VIEW = 'an instance of Buffer, TypedArray, or DataView';
const INT_MAX = 2 ** 31 - 1;
const LARGEST = 2n ** 63n - 1n;
/** How much is read where nothing else was said. */
const READ_BYTES = 16384;

/** Where in the file: nothing for where it is. */
function positionOf(position, length = 0) {
  if (position === undefined || position === null) return undefined;
  if (typeof position === 'bigint') {
    if (position < -1n || position > LARGEST - BigInt(length)) {
      throw outOfRange('position', `>= -1 && <= ${LARGEST - BigInt(length)}`, position);
    }
    return Number(position);
  }
  if (typeof position !== 'number') throw wrongType('position', 'of type bigint or integer', position);
  return integerOf(position, 'position', -1);
}

function bytes(view, offset = 0, length = view.byteLength - offset) {
  if (offset === 0 && length === view.byteLength && view instanceof Uint8Array) return view;
  return new Uint8Array(view.buffer, view.byteOffset + offset, length);
}

/** `[operation, buffer]` for what `read` is given between the descriptor and the callback. */
export function readWish(fd, buffer, offsetOrOptions, length, position) {
  fdOf(fd);
  let [view, offset, most, at] = [buffer, offsetOrOptions, length, position];
  let options;
  if (view === undefined || (typeof view === 'object' && view !== null && !ArrayBuffer.isView(view))) {
    [options, view] = [view ?? {}, undefined];
  } else if (offset !== null && typeof offset === 'object') {
    options = offset;
  }
  if (options !== undefined) {
    checkObject(options, 'options');
    view ??= options.buffer ?? load('buffer').Buffer.alloc(READ_BYTES);
    ({ offset, length: most, position: at } = options);
  }
  if (!ArrayBuffer.isView(view)) throw wrongType('buffer', VIEW, view);
  const from = offset === undefined || offset === null ? 0 : integerOf(offset, 'offset', 0);
  const room = view.byteLength - from;
  if (room < 0) throw outOfRange('offset', `<= ${view.byteLength}`, from);
  const count = most === undefined || most === null ? room : Math.trunc(Number(most)) || 0;
  if (count === 0) return [nothing, view];
  if (view.byteLength === 0) throw wrongValue('buffer', view, 'is empty and cannot be written');
  if (count < 0) throw outOfRange('length', '>= 0', count);
  if (count > room) throw outOfRange('length', `<= ${room}`, count);
  const where = positionOf(at, count);
  return [(how) => readNative(how, fd, bytes(view, from, count), where), view];
}

function nothing(how) {
  if (how === undefined) return 0;
  if (how === true) return Promise.resolve(0);
  return process.nextTick(how, null, 0);
}

/** The same for `write`. */
export function writeWish(fd, buffer, offsetOrOptions, length, position) {
  fdOf(fd);
  dataOf(buffer, 'buffer');
  if (typeof buffer === 'string') {
    // `write(fd, string, position, encoding)`
    const encoding = length ?? 'utf8';
    if (encodingOf(encoding) === undefined) throw wrongValue('encoding', encoding, 'is invalid encoding');
    const where = typeof offsetOrOptions === 'number' ? offsetOrOptions : undefined;
    const view = load('buffer').Buffer.from(buffer, encoding);
    return [(how) => writeNative(how, fd, view, where), buffer];
  }
  let [offset, most, at] = [offsetOrOptions, length, position];
  if (offset !== null && typeof offset === 'object') ({ offset, length: most, position: at } = offset);
  const from = offset === undefined || offset === null ? 0 : integerOf(offset, 'offset', 0);
  const room = buffer.byteLength - from;
  const count = typeof most === 'number' ? most : room;
  if (room < 0) throw outOfRange('offset', `<= ${buffer.byteLength}`, from);
  if (count > room) throw outOfRange('length', `<= ${room}`, count);
  if (count < 0) throw outOfRange('length', '>= 0', count);
  integerOf(count, 'length', 0, INT_MAX);
  const where = typeof at === 'bigint' ? positionOf(at) : typeof at === 'number' ? at : undefined;
  return [(how) => writeNative(how, fd, bytes(buffer, from, count), where), buffer];
}

function viewsOf(buffers) {
  if (!Array.isArray(buffers) || !buffers.every((view) => ArrayBuffer.isView(view))) {
    throw wrongType('buffers', 'an ArrayBufferView[]', buffers);
  }
  return buffers.map((view) => bytes(view));
}

export function readvWish(fd, buffers, position) {
  const views = (fdOf(fd), viewsOf(buffers));
  const where = typeof position === 'number' ? position : undefined;
  return [(how) => readvNative(how, fd, views, where), buffers];
}

export function writevWish(fd, buffers, position) {
  const views = (fdOf(fd), viewsOf(buffers));
  const where = typeof position === 'number' ? position : undefined;
  return [(how) => writevNative(how, fd, views, where), buffers];
}
