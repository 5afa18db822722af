// A client that is not referenced does not keep the program alive: this one ends.

import { Redis } from 'krandog:redis';

new Redis('redis://127.0.0.1:1').on('error', () => {}).unref();
