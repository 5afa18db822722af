// for await (const data of ws): messages as they come. What the loop has not taken yet is bounded:
// the socket is paused meanwhile, and its peer feels it.

const AHEAD_MAX = 16;

export async function* iterate(ws) {
  const waiting = [];
  let wake = null;
  const take = ({ data }) => {
    waiting.push(data);
    if (waiting.length === AHEAD_MAX) ws.pause();
    wake?.();
  };
  const end = () => wake?.();
  ws.addEventListener('message', take);
  ws.addEventListener('close', end);
  try {
    for (;;) {
      if (waiting.length > 0) {
        const data = waiting.shift();
        if (waiting.length === 0) ws.resume();
        yield data;
      } else if (ws.readyState === 3) {
        return;
      } else {
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    ws.removeEventListener('message', take);
    ws.removeEventListener('close', end);
    ws.resume();
  }
}
