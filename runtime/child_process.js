// child_process: https://nodejs.org/api/child_process.html
//
// Each way to start a child is in a file of its own, which is loaded when it is used.
// Left out: descriptors beyond standard error, `advanced` serialization, handles over the channel.

import { lateClass } from 'internal:late_class';
import { load } from 'ops:child_process';

const late = (module, name) => function(...values) {
  return load(module)[name](...values);
};

/** A function with its own name, and what `util.promisify` makes of it. */
function lately(module, name, promised) {
  const made = late(module, name);
  Object.defineProperty(made, 'name', { value: name, configurable: true });
  if (promised) {
    Object.defineProperty(made, Symbol.for('nodejs.util.promisify.custom'), {
      get: () => load(module)[`${name}Promise`],
      configurable: true,
    });
  }
  return made;
}

export const spawn = lately('internal:child_process_child', 'spawn');
export const exec = lately('internal:child_process_exec', 'exec', true);
export const execFile = lately('internal:child_process_exec', 'execFile', true);
export const fork = lately('internal:child_process_exec', 'fork');
export const spawnSync = lately('internal:child_process_sync', 'spawnSync');
export const execSync = lately('internal:child_process_sync', 'execSync');
export const execFileSync = lately('internal:child_process_sync', 'execFileSync');

export const ChildProcess = lateClass(load, 'internal:child_process_child', 'ChildProcess');

export default {
  ChildProcess, spawn, exec, execFile, fork, spawnSync, execSync, execFileSync,
};
