// stream/promises: https://nodejs.org/api/stream.html#streams-promises-api

import { whenFinished as finished } from 'internal:stream_finished';
import { promised as pipeline } from 'internal:stream_pipeline';

export { finished, pipeline };
export default { finished, pipeline };
