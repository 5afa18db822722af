// What runs before and after tests.

import { call, guarded } from 'internal:test_call';
import { failure, isFailure } from 'internal:test_failure';

const never = new Promise(() => {});

export const HOOKS = ['before', 'after', 'beforeEach', 'afterEach'];

/** Runs the hooks of this name that belong to `node`, with the context of `target`. */
export async function runHooks(node, name, target = node) {
  for (const { fn, timeout, signal } of node.hooks[name]) {
    const limits = { timeout, signal, kind: 'hook' };
    try {
      await guarded(limits, never, () => call(fn, target.context, [target.context]));
    } catch (error) {
      if (isFailure(error) && error.failureType !== 'testCodeFailure') {
        if (typeof error.cause === 'string') throw failure(error.cause, 'hookFailed');
      }
      throw failure(isFailure(error) ? error.cause : error, 'hookFailed');
    }
  }
}

/** Those that come once, before the first child; if they fail, each child does. */
export function runBefore(node) {
  node.hasBegun ??= runHooks(node, 'before');
  // Each child looks at it.
  node.hasBegun.catch(() => {});
  return node.hasBegun;
}

function ancestors(node) {
  const all = [];
  for (let at = node.parent; at !== null; at = at.parent) all.push(at);
  return all;
}

/** The outermost first. */
export async function runBeforeEach(node) {
  for (const ancestor of ancestors(node).reverse()) await runHooks(ancestor, 'beforeEach', node);
}

/** The innermost first; all of them, whatever fails. */
export async function runAfterEach(node) {
  let failed;
  for (const ancestor of ancestors(node)) {
    try {
      await runHooks(ancestor, 'afterEach', node);
    } catch (error) {
      failed ??= { error };
    }
  }
  if (failed !== undefined) throw failed.error;
}
