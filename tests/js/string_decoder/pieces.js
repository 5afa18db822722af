// However bytes are cut, the text is that of the whole.
import assert from 'assert';
import { StringDecoder } from 'string_decoder';

const text = 'h\u00e9llo \u20ac \ud83d\ude00 end';
for (const encoding of ['utf8', 'utf16le', 'base64', 'base64url', 'hex', 'latin1']) {
  const bytes = Buffer.from(text);
  const data = encoding === 'utf16le' ? Buffer.from(text, 'utf16le') : bytes;
  for (let size = 1; size < 6; size++) {
    const decoder = new StringDecoder(encoding);
    let decoded = '';
    for (let at = 0; at < data.length; at += size) decoded += decoder.write(data.subarray(at, at + size));
    decoded += decoder.end();
    assert.equal(decoded, data.toString(encoding), `${encoding} by ${size}`);
  }
}
