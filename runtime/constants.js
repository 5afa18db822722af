// constants: those of `os` in one object, as old packages ask for them.

import { constants } from 'os';

export default Object.freeze({
  ...constants.errno, ...constants.signals, ...constants.priority, ...constants.dlopen,
});
