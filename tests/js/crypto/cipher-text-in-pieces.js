// Text and base64 of a cipher are whole when the pieces are put together, wherever blocks end.

import assert from 'assert';
import { createCipheriv, createDecipheriv } from 'crypto';

const key = Buffer.alloc(16, 1);
const iv = Buffer.alloc(16);
const text = 'aaaaaaaaaaaaaaaé and more';
for (const form of ['hex', 'base64', 'latin1']) {
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  const hidden = cipher.update(text, 'utf8', form) + cipher.final(form);
  assert.strictEqual(Buffer.from(hidden, form).length, 32);
  const decipher = createDecipheriv('aes-128-cbc', key, iv);
  assert.strictEqual(decipher.update(hidden, form, 'utf8') + decipher.final('utf8'), text);
}
