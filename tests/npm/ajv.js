// ajv: a schema is compiled to a function by new Function.
import assert from 'assert';
import { Ajv } from 'ajv';

const validate = new Ajv({ allErrors: true }).compile({
  type: 'object',
  properties: { port: { type: 'integer', maximum: 65535 }, host: { type: 'string' } },
  required: ['port'],
});
assert.equal(validate({ port: 80, host: 'a' }), true);
assert.equal(validate({ port: 1e6, host: 5 }), false);
assert.equal(validate.errors.length, 2);
