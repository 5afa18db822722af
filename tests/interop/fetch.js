// Fetches what it is told by a line of JSON, [url, init?, what to do with the body], and prints what
// came of it. `hold` does not read until a line says `read`; `sum` prints how many bytes, and their
// sum.

let held = null;

async function ask(url, init = {}, use = 'text') {
  try {
    const { chunks, ...options } = init;
    if (chunks) options.body = ReadableStream.from(chunks.map((text) => new TextEncoder().encode(text)));
    const response = await fetch(url, options);
    if (use === 'hold') {
      held = response;
      return { status: response.status };
    }
    if (use === 'cancel') await response.body.cancel();
    if (use === 'sum') {
      const bytes = await response.bytes();
      return { status: response.status, body: [bytes.length, bytes.reduce((a, b) => a + b, 0)] };
    }
    const body = use === 'text' ? await response.text() : undefined;
    return { status: response.status, body, url: response.url };
  } catch (error) {
    return { error: error.message, code: error.cause?.code, why: error.cause?.message };
  }
}

for await (const line of process.stdin.lines()) {
  const result = line === 'read' ? (await held.bytes()).length : await ask(...JSON.parse(line));
  console.log(JSON.stringify(result));
}
