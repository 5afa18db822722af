// A client whose server has gone silent: prints how the connection ended.
//
// Arguments: the URL, and the options as JSON.

const [url, options] = process.argv.slice(2);
const ws = new WebSocket(url, JSON.parse(options));
ws.onclose = ({ code, wasClean }) => {
  console.log(JSON.stringify({ code, wasClean, cause: ws.closeInfo.cause }));
};
