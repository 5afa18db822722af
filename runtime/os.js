// os: https://nodejs.org/api/os.html, what a small program asks for.

import process from 'process';
import * as native from 'ops:os';

export const EOL = '\n';
export const devNull = '/dev/null';

export const availableParallelism = () => native.parallelism();
export const arch = () => process.arch;
export const platform = () => process.platform;
export const type = () => (process.platform === 'darwin' ? 'Darwin' : 'Linux');
export const hostname = () => (
  native.read('/proc/sys/kernel/hostname') || process.env.HOSTNAME || 'localhost'
);
export const release = () => native.read('/proc/sys/kernel/osrelease');
export const tmpdir = () => (process.env.TMPDIR || '/tmp').replace(/(?<=.)\/+$/, '');
export const homedir = () => process.env.HOME || '/';
export const endianness = () => 'LE';

export function cpus() {
  const model = /^model name\s*: (.*)$/m.exec(native.read('/proc/cpuinfo'))?.[1] ?? 'unknown';
  const times = { user: 0, nice: 0, sys: 0, idle: 0, irq: 0 };
  return Array.from({ length: native.parallelism() }, () => ({ model, speed: 0, times }));
}

function memory(name) {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(native.read('/proc/meminfo'));
  return found === null ? 0 : Number(found[1]) * 1024;
}

export const totalmem = () => memory('MemTotal');
export const freemem = () => memory('MemAvailable');
export const uptime = () => parseFloat(native.read('/proc/uptime')) || 0;
export const loadavg = () => native.read('/proc/loadavg').split(' ').slice(0, 3).map(Number);

export default {
  EOL, devNull, availableParallelism, arch, platform, type, hostname, release, tmpdir, homedir,
  endianness, cpus, totalmem, freemem, uptime, loadavg,
};
