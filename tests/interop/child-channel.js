// The child of a test: answers each message with the same, and ends when it is told to.

process.on('message', (message) => {
  if (message === 'end') process.disconnect();
  else process.send({ echo: message });
});
