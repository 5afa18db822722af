// The client under test: asks the fuzzing server for each case in turn and answers every message
// of a case with itself.

import { echo, options, url } from './echo.js';

/** Opens a WebSocket, and resolves to the last message once it is closed, however that went. */
function visit(path, onMessage) {
  const { promise, resolve } = Promise.withResolvers();
  const ws = new WebSocket(`${url}${path}`, options);
  ws.binaryType = 'uint8array';
  let last;
  ws.onmessage = ({ data }) => {
    last = data;
    onMessage?.(ws, data);
  };
  ws.onclose = () => resolve(last);
  return promise;
}

const count = Number(await visit('/getCaseCount'));
if (!(count > 0)) throw new Error(`the fuzzing server has ${count} cases`);
for (let number = 1; number <= count; number += 1) {
  await visit(`/runCase?case=${number}&agent=krandog`, echo);
}
await visit('/updateReports?agent=krandog');
