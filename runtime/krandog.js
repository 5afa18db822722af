// krandog: what a program can ask of the runtime itself. Ours.

import { place } from 'ops:internal:krandog';

const [id, count] = place();

export const krandog = Object.freeze({
  worker: Object.freeze({ id, isPrimary: id === 1, count }),
  [Symbol.toStringTag]: 'krandog',
});
