// isIP, BlockList and SocketAddress.

import assert from 'assert';
import net from 'net';

for (const [text, kind] of [
  ['127.0.0.1', 4], ['::1', 6], ['fe80::1%eth0', 6], ['::ffff:1.2.3.4', 6], ['1.2.3', 0], ['', 0],
  ['01.2.3.4', 0], ['1.2.3.4%x', 0], ['x', 0], [undefined, 0],
]) {
  assert.strictEqual(net.isIP(text), kind, text);
  assert.strictEqual(net.isIPv4(text), kind === 4);
  assert.strictEqual(net.isIPv6(text), kind === 6);
}
const list = new net.BlockList();
list.addAddress('123.123.123.123');
list.addRange('10.0.0.1', '10.0.0.10');
list.addSubnet('8592:757c:efae:4e45::', 64, 'ipv6');
assert.strictEqual(list.check('123.123.123.123'), true);
assert.strictEqual(list.check('10.0.0.3'), true);
assert.strictEqual(list.check('10.0.0.11'), false);
assert.strictEqual(list.check('8592:757c:efae:4e45::1', 'ipv6'), true);
assert.strictEqual(list.check('8592:757c:efae:4e46::1', 'ipv6'), false);
assert.strictEqual(list.check('::ffff:7b7b:7b7b', 'ipv6'), true);
assert.strictEqual(list.check('::ffff:123.123.123.123', 'ipv6'), true);
assert.deepStrictEqual(list.rules, [
  'Subnet: IPv6 8592:757c:efae:4e45::/64', 'Range: IPv4 10.0.0.1-10.0.0.10',
  'Address: IPv4 123.123.123.123',
]);
assert.throws(() => list.addAddress('x'), { code: 'ERR_INVALID_ADDRESS' });
assert.throws(() => list.addRange('10.0.0.2', '10.0.0.1'), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => list.addSubnet('10.0.0.0', 33), { code: 'ERR_OUT_OF_RANGE' });
const address = new net.SocketAddress({ address: '1.2.3.4', port: 80 });
assert.deepStrictEqual(
  [address.address, address.port, address.family, address.flowlabel], ['1.2.3.4', 80, 'ipv4', 0],
);
assert.throws(() => new net.SocketAddress({ family: 'x' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => new net.SocketAddress({ address: 'x' }), { code: 'ERR_INVALID_ADDRESS' });
list.addAddress(new net.SocketAddress({ address: '9.9.9.9' }));
assert.strictEqual(list.check('9.9.9.9'), true);
