// structuredClone, which is native: https://html.spec.whatwg.org/#structured-cloning

import * as native from 'ops:internal:structured_clone';

export const { structuredClone } = native;
