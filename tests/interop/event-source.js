// Tells what an EventSource hears of the server on the port of its first argument.

const source = new EventSource(`http://127.0.0.1:${process.argv[2]}/events`);
const note = (...parts) => console.log(JSON.stringify(parts));
source.onopen = () => note('open');
source.onmessage = ({ data, lastEventId }) => note('message', data, lastEventId);
source.addEventListener('end', () => source.close());
source.onerror = ({ message }) => note('error', source.readyState, message);
