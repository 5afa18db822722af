// child_process: a child that the script waits for. Nothing else happens meanwhile.
// https://nodejs.org/api/child_process.html#synchronous-process-creation

import { Buffer } from 'buffer';
import { checkObject, checkString, wrongType } from 'internal:errors';
import {
  checkMaxBuffer, checkTimeout, killSignalOf, normalized, spawnError, stdioOf,
} from 'internal:child_process_options';
import { errnoOf } from 'internal:system_errors';
import * as native from 'ops:internal:child_process_sync';
import process from 'process';

const MAX_BUFFER = 1024 * 1024;
const SIGTERM = 15;

function inputOf({ input, encoding }) {
  if (input === undefined || input === null) return undefined;
  if (typeof input === 'string') {
    return Buffer.from(input, encoding === 'buffer' ? undefined : encoding);
  }
  if (ArrayBuffer.isView(input)) return input;
  const wanted = 'of type string or an instance of Buffer, TypedArray, or DataView';
  throw wrongType('options.stdio[0]', wanted, input);
}

export function spawnSync(file, args, options) {
  const wanted = normalized(file, args, options);
  const { timeout, maxBuffer = MAX_BUFFER, killSignal, encoding } = wanted.options;
  checkTimeout(timeout);
  checkMaxBuffer(maxBuffer);
  const signal = killSignalOf(killSignal) ?? SIGTERM;
  const { fds } = stdioOf(wanted.options.stdio, true);
  const more = [inputOf(wanted.options), timeout ?? 0, signal, maxBuffer ?? MAX_BUFFER];
  const failure = (code) => (
    spawnError(code, errnoOf(code), `spawnSync ${wanted.file}`, wanted)
  );
  let pid = 0;
  let [status, signalCode, stdout, stderr, stopped] = [null, null, null, null, undefined];
  try {
    [pid, status, signalCode, stdout, stderr, stopped] = native.run(
      wanted.file, wanted.args, wanted.env, wanted.natives, fds, more,
    );
  } catch (error) {
    if (error.syscall !== 'spawnSync') throw error;
    return {
      error: failure(error.code),
      status: null, signal: null, output: null, pid: 0, stdout: null, stderr: null,
    };
  }
  const shown = (bytes) => {
    if (bytes === null) return null;
    const buffer = Buffer.from(bytes);
    return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
  };
  const output = [null, shown(stdout), shown(stderr)];
  const result = { status, signal: signalCode, output, pid, stdout: output[1], stderr: output[2] };
  return stopped === undefined ? result : { error: failure(stopped), ...result };
}

/** What was written, or an exception if the child has failed. */
function outputOf(result, command, stdio) {
  if (stdio === undefined && result.stderr?.length > 0) process.stderr.write(result.stderr);
  if (result.error !== undefined) throw Object.assign(result.error, { ...result });
  if (result.status !== 0) {
    let message = `Command failed: ${command}`;
    if (result.stderr?.length > 0) message += `\n${result.stderr}`;
    throw Object.assign(new Error(message), result);
  }
  return result.stdout;
}

export function execFileSync(file, args, options) {
  const { options: checked } = normalized(file, args, options);
  const list = Array.isArray(args) ? args : [];
  const result = spawnSync(file, list, checked);
  return outputOf(result, [checked.argv0 ?? file, ...list].join(' '), checked.stdio);
}

export function execSync(command, options = {}) {
  checkString(command, 'command');
  checkObject(options, 'options');
  const shell = typeof options.shell === 'string' ? options.shell : true;
  return outputOf(spawnSync(command, [], { ...options, shell }), command, options.stdio);
}
