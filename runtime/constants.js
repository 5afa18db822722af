// constants: those of fs and of os in one object, as packages of old ask for them.

import { constants as files } from 'internal:fs_forms';
import { constants } from 'os';

export default Object.freeze({
  ...constants.errno, ...constants.signals, ...constants.priority, ...constants.dlopen, ...files,
});
