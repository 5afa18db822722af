// krandog:files: a handler that shows the files of a folder. All of it is native.

import { create, load } from 'ops:krandog:files';

/** A function that answers requests with what is in a folder, or with one file. */
export function files(root, options) {
  return create(root instanceof URL ? load('url').fileURLToPath(root) : root, options);
}

export default { files };
