// SocketAddress and BlockList of `net`: loaded when one of them is used.
//
// Spec: https://nodejs.org/api/net.html#class-netblocklist

import { checkInteger, checkObject, checkString, coded, outOfRange, wrongValue } from 'internal:errors';
import { bitsOf, isIP, load } from 'ops:internal:net_addresses';

const custom = Symbol.for('nodejs.util.inspect.custom');

function familyOf(family, name) {
  checkString(family, name);
  const known = family.toLowerCase();
  if (known !== 'ipv4' && known !== 'ipv6') throw wrongValue(name, family);
  return known;
}

function checkAddress(address, family) {
  if (isIP(address) !== (family === 'ipv4' ? 4 : 6)) {
    throw coded(Error, 'ERR_INVALID_ADDRESS', 'Invalid address');
  }
}

export class SocketAddress {
  #address;
  #family;
  #port;
  #flowlabel;

  constructor(options = {}) {
    checkObject(options, 'options');
    const family = familyOf(options.family ?? 'ipv4', 'options.family');
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    checkString(address, 'options.address');
    checkAddress(address, family);
    this.#port = load('internal:net_connect').portOf(port, 'options.port');
    checkInteger(flowlabel, 'options.flowlabel');
    if (flowlabel < 0 || flowlabel > 2 ** 32 - 1) {
      throw outOfRange('options.flowlabel', '>= 0 && <= 4294967295', flowlabel);
    }
    [this.#address, this.#family, this.#flowlabel] = [address, family, flowlabel];
  }

  get address() {
    return this.#address;
  }

  get family() {
    return this.#family;
  }

  get port() {
    return this.#port;
  }

  get flowlabel() {
    return this.#flowlabel;
  }

  static isSocketAddress(value) {
    return typeof value === 'object' && value !== null && #address in value;
  }

  /** `address:port`, or undefined for anything else. */
  static parse(input) {
    checkString(input, 'input');
    const [, v6, v4, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(input) ?? [];
    const address = v6 ?? v4;
    const kind = address === undefined ? 0 : isIP(address);
    if (kind !== (v6 === undefined ? 4 : 6) || Number(port ?? 0) > 65535) return undefined;
    return new SocketAddress({
      address, port: Number(port ?? 0), family: kind === 4 ? 'ipv4' : 'ipv6',
    });
  }

  toJSON() {
    const { address, port, family, flowlabel } = this;
    return { address, port, family, flowlabel };
  }

  [custom](depth, options, inspect) {
    return depth < 0 ? this : `SocketAddress ${inspect(this.toJSON(), options)}`;
  }
}

/** An address as one number, and how many bits it has. */
function numberOf(given, family) {
  const address = SocketAddress.isSocketAddress(given) ? given.address : given;
  const kind = SocketAddress.isSocketAddress(given)
    ? given.family : familyOf(family ?? 'ipv4', 'family');
  checkString(address, 'address');
  checkAddress(address, kind);
  return { value: BigInt(`0x${bitsOf(address)}`), kind, address };
}

// IPv4 within IPv6 (RFC 4291 2.5.5.2).
const MAPPED = 0xffffn << 32n;

export class BlockList {
  #rules = [];

  #add(kind, first, last, text) {
    this.#rules.unshift({ kind, first, last, text });
  }

  addAddress(address, family) {
    const { value, kind, address: text } = numberOf(address, family);
    this.#add(kind, value, value, `Address: ${shown(kind)} ${text}`);
  }

  addRange(start, end, family) {
    const from = numberOf(start, family);
    const to = numberOf(end, family);
    if (to.value < from.value) throw wrongValue('start', start, 'must come before end');
    this.#add(from.kind, from.value, to.value,
      `Range: ${shown(from.kind)} ${from.address}-${to.address}`);
  }

  addSubnet(network, prefix, family) {
    const { value, kind, address } = numberOf(network, family);
    const bits = kind === 'ipv4' ? 32 : 128;
    checkInteger(prefix, 'prefix');
    if (prefix < 0 || prefix > bits) throw outOfRange('prefix', `>= 0 && <= ${bits}`, prefix);
    const mask = (1n << BigInt(bits - prefix)) - 1n;
    this.#add(kind, value & ~mask, value | mask, `Subnet: ${shown(kind)} ${address}/${prefix}`);
  }

  check(address, family) {
    let asked;
    try {
      asked = numberOf(address, family);
    } catch (error) {
      // What is no address is on no list.
      if (error.code === 'ERR_INVALID_ADDRESS') return false;
      throw error;
    }
    const { value, kind } = asked;
    const isMapped = kind === 'ipv6' && value >> 32n === 0xffffn;
    return this.#rules.some((rule) => {
      if (rule.kind === kind && value >= rule.first && value <= rule.last) return true;
      if (!isMapped || rule.kind !== 'ipv4') return false;
      return value - MAPPED >= rule.first && value - MAPPED <= rule.last;
    });
  }

  get rules() {
    return this.#rules.map(({ text }) => text);
  }

  static isBlockList(value) {
    return typeof value === 'object' && value !== null && #rules in value;
  }

  toJSON() {
    return this.rules;
  }

  fromJSON(rules) {
    for (const rule of typeof rules === 'string' ? JSON.parse(rules) : rules) {
      const [, kind, v, rest] = /^(Address|Range|Subnet): IPv([46]) (.+)$/.exec(rule) ?? [];
      const family = `ipv${v}`;
      if (kind === 'Address') this.addAddress(rest, family);
      else if (kind === 'Range') this.addRange(...rest.split('-'), family);
      else if (kind === 'Subnet') {
        const [network, prefix] = rest.split('/');
        this.addSubnet(network, Number(prefix), family);
      }
    }
  }

  [custom](depth, options, inspect) {
    return depth < 0 ? this : `BlockList ${inspect({ rules: this.rules }, options)}`;
  }
}

/** The bits of an address, in hexadecimal. */
export const digitsOf = bitsOf;

function shown(kind) {
  return kind === 'ipv4' ? 'IPv4' : 'IPv6';
}
