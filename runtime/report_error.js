// reportError, which is native: https://html.spec.whatwg.org/#dom-reporterror

import * as native from 'ops:internal:report_error';

export const { reportError } = native;
