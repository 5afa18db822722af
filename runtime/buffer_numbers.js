// The methods of Buffer that read and write numbers.
//
// Spec: https://nodejs.org/api/buffer.html#buf-readbigint64beoffset and the ones after it

import { coded, outOfRange, wrongType } from 'internal:errors';

/** Why there is no number of this many bytes at an offset. */
function wrongOffset(offset, length, size) {
  if (typeof offset !== 'number') return wrongType('offset', 'of type number', offset);
  if (!Number.isInteger(offset)) return outOfRange('offset', 'an integer', offset);
  if (length < size) {
    const text = 'Attempt to access memory outside buffer bounds';
    return coded(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', text);
  }
  return outOfRange('offset', `>= 0 and <= ${length - size}`, offset);
}

function checkOffset(buffer, offset, size) {
  if (!(Number.isInteger(offset) && offset >= 0 && offset + size <= buffer.length)) {
    throw wrongOffset(offset, buffer.length, size);
  }
}

function viewOf(buffer) {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function checkSize(size) {
  if (typeof size !== 'number') throw wrongType('byteLength', 'of type number', size);
  if (!Number.isInteger(size)) throw outOfRange('byteLength', 'an integer', size);
  if (size < 1 || size > 6) throw outOfRange('byteLength', '>= 1 and <= 6', size);
}

function checkValue(value, least, most) {
  if (value < least || value > most) {
    if (typeof value === 'bigint') {
      const range = least === 0n
        ? '>= 0n and < 2n ** 64n'
        : '>= -(2n ** 63n) and < 2n ** 63n';
      throw outOfRange('value', range, value);
    }
    throw outOfRange('value', `>= ${shown(least)} and <= ${shown(most)}`, value);
  }
}

/** As Node writes limits: `-(2 ** 47)` and `2 ** 48 - 1`, and small ones by their digits. */
function shown(limit) {
  if (Math.abs(limit) < 2 ** 33) return `${limit}`;
  return limit < 0 ? `-(2 ** ${Math.log2(-limit)})` : `2 ** ${Math.log2(limit + 1)} - 1`;
}

function readBytes(buffer, offset, size, isLittle, isSigned) {
  checkOffset(buffer, offset, size);
  let value = 0;
  for (let index = 0; index < size; index++) {
    value = value * 256 + buffer[isLittle ? offset + size - 1 - index : offset + index];
  }
  return isSigned && value >= 2 ** (size * 8 - 1) ? value - 2 ** (size * 8) : value;
}

function writeBytes(buffer, number, offset, size, isLittle, isSigned) {
  const value = +number;
  const bits = size * 8 - (isSigned ? 1 : 0);
  checkValue(value, isSigned ? -(2 ** bits) : 0, 2 ** bits - 1);
  checkOffset(buffer, offset, size);
  let rest = Math.trunc(value) || 0;
  for (let index = 0; index < size; index++) {
    const byte = rest - Math.floor(rest / 256) * 256;
    buffer[isLittle ? offset + index : offset + size - 1 - index] = byte;
    rest = Math.floor(rest / 256);
  }
  return offset + size;
}

function integers() {
  const members = {};
  const add = (name, size, isLittle, isSigned) => {
    members[`read${name}`] = function read(offset = 0) {
      return readBytes(this, offset, size, isLittle, isSigned);
    };
    members[`write${name}`] = function write(value, offset = 0) {
      return writeBytes(this, value, offset, size, isLittle, isSigned);
    };
  };
  add('UInt8', 1, true, false);
  add('Int8', 1, true, true);
  for (const [ending, isLittle] of [['LE', true], ['BE', false]]) {
    for (const size of [2, 4]) {
      add(`UInt${size * 8}${ending}`, size, isLittle, false);
      add(`Int${size * 8}${ending}`, size, isLittle, true);
    }
    for (const [kind, isSigned] of [['Int', true], ['UInt', false]]) {
      members[`read${kind}${ending}`] = function read(offset, byteLength) {
        if (offset === undefined) throw wrongType('offset', 'of type number', offset);
        checkSize(byteLength);
        return readBytes(this, offset, byteLength, isLittle, isSigned);
      };
      members[`write${kind}${ending}`] = function write(value, offset, byteLength) {
        checkSize(byteLength);
        return writeBytes(this, value, offset, byteLength, isLittle, isSigned);
      };
    }
  }
  return members;
}

function others() {
  const members = {};
  for (const [ending, isLittle] of [['LE', true], ['BE', false]]) {
    for (const [name, type, size] of [['Float', 'Float32', 4], ['Double', 'Float64', 8]]) {
      members[`read${name}${ending}`] = function read(offset = 0) {
        checkOffset(this, offset, size);
        return viewOf(this)[`get${type}`](offset, isLittle);
      };
      members[`write${name}${ending}`] = function write(value, offset = 0) {
        checkOffset(this, offset, size);
        viewOf(this)[`set${type}`](offset, +value, isLittle);
        return offset + size;
      };
    }
    for (const [name, isSigned] of [['BigInt64', true], ['BigUint64', false]]) {
      members[`read${name}${ending}`] = function read(offset = 0) {
        checkOffset(this, offset, 8);
        return viewOf(this)[`get${name}`](offset, isLittle);
      };
      members[`write${name}${ending}`] = function write(value, offset = 0) {
        const [least, most] = isSigned ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
        if (typeof value !== 'bigint') throw wrongType('value', 'of type bigint', value);
        checkValue(value, least, most);
        checkOffset(this, offset, 8);
        viewOf(this)[`set${name}`](offset, value, isLittle);
        return offset + 8;
      };
    }
  }
  return members;
}

/** Gives them to a prototype; `UInt` has a second spelling, `Uint`. */
export function defineNumbers(prototype, define) {
  const members = { ...integers(), ...others() };
  for (const name of Object.keys(members)) {
    if (name.includes('BigUint')) members[name.replace('BigUint', 'BigUInt')] = members[name];
    else if (name.includes('UInt')) members[name.replace('UInt', 'Uint')] = members[name];
  }
  define(members);
}
