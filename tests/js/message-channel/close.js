// The other end hears of the end of a channel, after all that was sent, started or not.
import assert from 'assert';

const said = [];
const { port1, port2 } = new MessageChannel();
port2.onmessage = ({ data }) => said.push(data);
port2.onclose = (event) => {
  said.push(event.type);
  port2.postMessage('to nobody');
};
port1.onclose = () => said.push('not for who closes');
port1.postMessage(1);
port1.close();
port1.close();
port1.postMessage('lost');
const quiet = new MessageChannel();
quiet.port2.addEventListener('close', () => said.push('quiet'));
quiet.port1.close();
process.on('exit', () => assert.deepEqual(said, [1, 'close', 'quiet']));
