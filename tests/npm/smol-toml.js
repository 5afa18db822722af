// smol-toml: configuration is read and written, and mistakes are placed.
import assert from 'assert';
import { TomlError, parse, stringify } from 'smol-toml';

const config = parse('title = "café"\n[server]\nports = [80, 443]\nsince = 1979-05-27T07:32:00Z\n[[user]]\nname = "Ann"\n');
assert.deepEqual(config.server.ports, [80, 443]);
assert.equal(config.server.since.toISOString(), '1979-05-27T07:32:00.000Z');
assert.deepEqual(parse(stringify({ a: { b: [1.5, true] } })), { a: { b: [1.5, true] } });
assert.throws(() => parse('a = 1\nb = '), (error) => error instanceof TomlError && error.line === 2);
