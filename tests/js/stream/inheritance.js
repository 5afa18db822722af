// Classes of old call the constructors as functions, and a Duplex is a Writable too.
import assert from 'assert';
import { createRequire } from 'module';
import util from 'util';
import Stream, { Duplex, Readable, Transform, Writable } from 'stream';

const require = createRequire(import.meta.url);
assert.equal(require('stream'), Stream);
assert.equal(Stream.Stream, Stream);
assert.equal(Stream.Readable, Readable);

function Old(options) {
  Transform.call(this, options);
}
util.inherits(Old, Transform);
Old.prototype._transform = function transform(chunk, encoding, callback) {
  this.push(chunk);
  callback();
};
const old = new Old();
let text = '';
old.on('data', (chunk) => {
  text += chunk;
});
old.on('end', () => assert.equal(text, 'old'));
old.end('old');

function Emitter() {
  Stream.call(this);
}
util.inherits(Emitter, Stream);
assert.ok(new Emitter() instanceof Stream);

const duplex = new Duplex({ read() {}, write() {} });
assert.ok(duplex instanceof Readable && duplex instanceof Writable && duplex instanceof Stream);
assert.ok(!(new Readable() instanceof Writable));
class Own extends Writable {}
assert.ok(!(duplex instanceof Own));
assert.ok(Readable() instanceof Readable && Writable() instanceof Writable);
