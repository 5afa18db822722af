// protobufjs: a message is encoded and decoded by its schema.
import assert from 'assert';
import protobuf from 'protobufjs';

const { root } = protobuf.parse('syntax = "proto3"; message Move { string who = 1; sint32 x = 2; repeated float to = 3; }');
const Move = root.lookupType('Move');
const bytes = Move.encode(Move.create({ who: 'me', x: -5, to: [0.5, 2] })).finish();
assert.deepEqual(Move.toObject(Move.decode(bytes)), { who: 'me', x: -5, to: [0.5, 2] });
