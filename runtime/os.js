// os: https://nodejs.org/api/os.html

import { checkInteger, checkObject, outOfRange } from 'internal:errors';
import process from 'process';
import * as native from 'ops:os';

export const EOL = '\n';
export const devNull = '/dev/null';
export const constants = native.constants();

const PRIORITY_MIN = -20;
const PRIORITY_MAX = 19;
const INT32_MAX = 2147483647;
const TICK_MS = 10;

export const availableParallelism = () => native.parallelism();
export const arch = () => process.arch;
export const platform = () => process.platform;
export const type = () => native.uname()[0];
export const hostname = () => (
  native.read('/proc/sys/kernel/hostname') || process.env.HOSTNAME || 'localhost'
);
export const release = () => native.uname()[1];
export const version = () => native.uname()[2];
export const machine = () => native.uname()[3];
export const endianness = () => (
  new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 'LE' : 'BE'
);

export function tmpdir() {
  const { TMPDIR, TMP, TEMP } = process.env;
  const path = TMPDIR || TMP || TEMP || '/tmp';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The line of a user in the system's table, as its fields. */
function account(uid) {
  for (const line of native.read('/etc/passwd').split('\n')) {
    const fields = line.split(':');
    if (fields.length >= 7 && Number(fields[2]) === uid) return fields;
  }
  return undefined;
}

export function homedir() {
  return process.env.HOME || account(process.geteuid())?.[5] || '/';
}

export function userInfo(options = {}) {
  checkObject(options, 'options');
  const uid = process.geteuid();
  const found = account(uid);
  if (found === undefined) throw systemError('uv_os_get_passwd', [-2, 'ENOENT', 'no such file or directory']);
  const [username, , , gid, , home, shell] = found;
  const text = options.encoding === 'buffer' ? native.load('buffer').Buffer.from : (value) => value;
  return {
    uid, gid: Number(gid), username: text(username), homedir: text(home), shell: text(shell),
  };
}

export function cpus() {
  const texts = native.read('/proc/cpuinfo').split('\n\n');
  const [, ...lines] = native.read('/proc/stat').split('\n').filter((line) => line.startsWith('cpu'));
  return lines.map((line, index) => {
    const [user, nice, sys, idle, , irq] = line.split(/\s+/).slice(1).map((ticks) => ticks * TICK_MS);
    const text = texts[index] ?? '';
    const model = /^model name\s*: (.*)$/m.exec(text)?.[1] ?? 'unknown';
    const speed = Math.trunc(Number(/^cpu MHz\s*: (.*)$/m.exec(text)?.[1] ?? 0));
    return { model, speed, times: { user, nice, sys, idle, irq } };
  });
}

function memory(name) {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(native.read('/proc/meminfo'));
  return found === null ? 0 : Number(found[1]) * 1024;
}

export const totalmem = () => memory('MemTotal');
export const freemem = () => memory('MemAvailable');
export const uptime = () => parseFloat(native.read('/proc/uptime')) || 0;
export const loadavg = () => native.read('/proc/loadavg').split(' ').slice(0, 3).map(Number);

export function networkInterfaces() {
  const found = {};
  for (const [name, address, netmask, prefix, isV6, internal, scopeid] of native.interfaces()) {
    const mac = native.read(`/sys/class/net/${name}/address`) || '00:00:00:00:00:00';
    found[name] ??= [];
    found[name].push({
      address,
      netmask,
      family: isV6 ? 'IPv6' : 'IPv4',
      mac,
      internal,
      cidr: `${address}/${prefix}`,
      ...(isV6 ? { scopeid } : {}),
    });
  }
  return found;
}

function systemError(syscall, [errno, code, message]) {
  const { SystemError } = native.load('internal:system_errors');
  return new SystemError({ errno, code, message, syscall });
}

function checkPid(pid) {
  checkInteger(pid, 'pid');
  if (pid < -INT32_MAX - 1 || pid > INT32_MAX) {
    throw outOfRange('pid', `>= ${-INT32_MAX - 1} && <= ${INT32_MAX}`, pid);
  }
}

export function getPriority(pid = 0) {
  checkPid(pid);
  const priority = native.priority(pid);
  if (typeof priority !== 'number') throw systemError('uv_os_getpriority', priority);
  return priority;
}

export function setPriority(pid, priority) {
  if (priority === undefined) [pid, priority] = [0, pid];
  checkPid(pid);
  checkInteger(priority, 'priority');
  if (priority < PRIORITY_MIN || priority > PRIORITY_MAX) {
    throw outOfRange('priority', `>= ${PRIORITY_MIN} && <= ${PRIORITY_MAX}`, priority);
  }
  const error = native.setPriority(pid, priority);
  if (error !== undefined) throw systemError('uv_os_setpriority', error);
}

// As in Node, `${os.hostname}` is what `os.hostname()` returns.
for (const fact of [
  arch, availableParallelism, endianness, freemem, homedir, hostname, machine, platform, release, tmpdir,
  totalmem, type, uptime, version,
]) {
  Object.defineProperty(fact, Symbol.toPrimitive, { value: () => fact(), configurable: true });
}

export default {
  EOL, devNull, constants, availableParallelism, arch, platform, type, hostname, release, version,
  machine, tmpdir, homedir, userInfo, endianness, cpus, totalmem, freemem, uptime, loadavg,
  networkInterfaces, getPriority, setPriority,
};
