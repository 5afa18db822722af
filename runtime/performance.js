// performance, which is native: https://w3c.github.io/hr-time/

import { classes } from 'ops:perf_hooks';

export const { Performance, performance } = classes();
export default { Performance, performance };
