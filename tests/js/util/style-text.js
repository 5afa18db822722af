// styleText, and the tables of colours and styles behind it.
import assert from 'assert';
import { inspect, stripVTControlCharacters, styleText, TextDecoder as Decoder } from 'util';

assert.strictEqual(styleText('red', 'x'), '\x1b[31mx\x1b[39m');
assert.strictEqual(styleText(['bold', 'green'], 'y'), '\x1b[1m\x1b[32my\x1b[39m\x1b[22m');
assert.strictEqual(stripVTControlCharacters(styleText('bgBlueBright', 'z')), 'z');
assert.throws(() => styleText('mauve', 'x'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => styleText('red', 1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.strictEqual(inspect.styles.string, 'green');
inspect.styles.string = 'blue';
assert.strictEqual(inspect('s', { colors: true }), "\x1b[34m's'\x1b[39m");
assert.strictEqual(Decoder, TextDecoder);
