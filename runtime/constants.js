// constants: those of fs and of os in one object, for packages of old.
//
// Node.js has deprecated it, and says nothing else of it.

import { constants as files } from 'internal:fs_forms';
import os from 'os';

const { errno, priority, signals } = os.constants ?? {};

export default Object.freeze({ ...errno, ...priority, ...signals, ...files });
