// TextEncoder, TextDecoder, atob and btoa, which are native: https://encoding.spec.whatwg.org/

import * as native from 'ops:internal:encoding';

export const { TextEncoder, TextDecoder } = native.classes();
export const { atob, btoa } = native;
