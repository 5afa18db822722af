// AbortController and AbortSignal, which are native: https://dom.spec.whatwg.org/#abortcontroller

import { classes } from 'ops:internal:abort';

export const { AbortController, AbortSignal } = classes();
