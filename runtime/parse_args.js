// The arguments of a command line as options and the rest.
// https://nodejs.org/api/util.html#utilparseargsconfig

import { checkArray, checkObject, checkString, coded, wrongType, wrongValue } from 'internal:errors';
import process from 'process';

function checkBoolean(value, name) {
  if (typeof value !== 'boolean') throw wrongType(name, 'of type boolean', value);
}

function checkDefault(value, { type, multiple }, name) {
  const single = type === 'string' ? checkString : checkBoolean;
  if (!multiple) {
    single(value, name);
    return;
  }
  checkArray(value, name);
  value.forEach((each, index) => single(each, `${name}[${index}]`));
}

function checkOptions(options) {
  for (const [long, option] of Object.entries(options)) {
    checkObject(option, `options.${long}`);
    const { type, short, multiple, default: preset } = option;
    if (type !== 'string' && type !== 'boolean') {
      throw wrongType(`options.${long}.type`, "one of type 'string' or 'boolean'", type);
    }
    if (Object.hasOwn(option, 'short')) {
      checkString(short, `options.${long}.short`);
      if (short.length !== 1) throw wrongValue(`options.${long}.short`, short, 'must be a single character');
    }
    if (Object.hasOwn(option, 'multiple')) checkBoolean(multiple, `options.${long}.multiple`);
    if (preset !== undefined) checkDefault(preset, option, `options.${long}.default`);
  }
}

/** The arguments as tokens, in which groups of short options are taken apart. */
function tokensOf(args, options) {
  const typeOf = (name) => (Object.hasOwn(options, name) ? options[name].type : undefined);
  const longOf = (letter) => (
    Object.keys(options).find((name) => options[name].short === letter) ?? letter
  );
  const tokens = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (index++; index < args.length; index++) {
        tokens.push({ kind: 'positional', index, value: args[index] });
      }
      break;
    }
    if (arg.startsWith('--')) {
      const equals = arg.indexOf('=', 3);
      const name = equals < 0 ? arg.slice(2) : arg.slice(2, equals);
      const token = { kind: 'option', name, rawName: `--${name}`, index };
      if (equals >= 0) {
        tokens.push({ ...token, value: arg.slice(equals + 1), inlineValue: true });
      } else if (typeOf(name) === 'string' && args[index + 1] !== undefined) {
        index += 1;
        tokens.push({ ...token, value: args[index], inlineValue: false });
      } else {
        tokens.push({ ...token, value: undefined, inlineValue: undefined });
      }
    } else if (arg.length > 1 && arg.startsWith('-')) {
      index = shortTokens(args, index, { typeOf, longOf }, tokens);
    } else {
      tokens.push({ kind: 'positional', index, value: arg });
    }
  }
  return tokens;
}

/** `-abc`: of which each is an option, and the last may have a value. */
function shortTokens(args, index, { typeOf, longOf }, tokens) {
  const letters = args[index].slice(1);
  for (let at = 0; at < letters.length; at++) {
    const name = longOf(letters[at]);
    const token = { kind: 'option', name, rawName: `-${letters[at]}`, index };
    if (typeOf(name) !== 'string') {
      tokens.push({ ...token, value: undefined, inlineValue: undefined });
    } else if (at < letters.length - 1) {
      tokens.push({ ...token, value: letters.slice(at + 1), inlineValue: true });
      return index;
    } else if (args[index + 1] !== undefined) {
      tokens.push({ ...token, value: args[index + 1], inlineValue: false });
      return index + 1;
    } else {
      tokens.push({ ...token, value: undefined, inlineValue: undefined });
    }
  }
  return index;
}

const shown = (token, option) => (
  `${option.short ? `-${option.short}, ` : ''}--${token.name}`
);

function checkToken(token, options, { allowPositionals, allowNegative }) {
  if (!Object.hasOwn(options, token.name)) {
    const negated = token.name.startsWith('no-') ? token.name.slice(3) : undefined;
    if (allowNegative && negated !== undefined && options[negated]?.type === 'boolean') return;
    const positional = allowPositionals ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${token.rawName}"` : '';
    const message = `Unknown option '${token.rawName}'${positional}`;
    throw coded(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', message);
  }
  const option = options[token.name];
  const wrong = (message) => coded(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', message);
  if (option.type === 'string' && typeof token.value !== 'string') {
    throw wrong(`Option '${shown(token, option)} <value>' argument missing`);
  }
  if (option.type === 'boolean' && token.value !== undefined) {
    throw wrong(`Option '${shown(token, option)}' does not take an argument`);
  }
  // What looks like an option was probably not meant to be the value of one.
  if (token.inlineValue === false && token.value.length > 1 && token.value.startsWith('-')) {
    const example = token.rawName.startsWith('--')
      ? `'${token.rawName}=-XYZ'`
      : `'--${token.name}=-XYZ' or '${token.rawName}-XYZ'`;
    throw wrong(`Option '${token.rawName}' argument is ambiguous.\nDid you forget to specify the option `
      + `argument for '${token.rawName}'?\nTo specify an option argument starting with a dash use ${example}.`);
  }
}

export function parseArgs(config = {}) {
  checkObject(config, 'config');
  const {
    args = process.argv.slice(2), options = {}, strict = true, allowPositionals = !strict,
    tokens: wantsTokens = false, allowNegative = false,
  } = config;
  checkArray(args, 'args');
  checkBoolean(strict, 'strict');
  checkBoolean(allowPositionals, 'allowPositionals');
  checkBoolean(wantsTokens, 'tokens');
  checkBoolean(allowNegative, 'allowNegative');
  checkObject(options, 'options');
  checkOptions(options);
  const tokens = tokensOf(args, options);
  const values = Object.create(null);
  const positionals = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!allowPositionals) {
        const message = `Unexpected argument '${token.value}'. This command does not take positional arguments`;
        throw coded(TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', message);
      }
      positionals.push(token.value);
    } else if (token.kind === 'option') {
      if (strict) checkToken(token, options, { allowPositionals, allowNegative });
      store(token, options, values, allowNegative);
    }
  }
  for (const [name, option] of Object.entries(options)) {
    if (option.default !== undefined && values[name] === undefined) values[name] = option.default;
  }
  const result = { values, positionals };
  if (wantsTokens) result.tokens = tokens;
  return result;
}

function store(token, options, values, allowNegative) {
  let { name } = token;
  if (name === '__proto__') return;
  let value = token.value ?? true;
  if (allowNegative && token.value === undefined && name.startsWith('no-')
    && !Object.hasOwn(options, name)) {
    name = name.slice(3);
    value = false;
  }
  if (Object.hasOwn(options, name) && options[name].multiple) {
    values[name] ??= [];
    values[name].push(value);
  } else {
    values[name] = value;
  }
}
