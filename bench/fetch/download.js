// Downloads 100 MiB to nowhere; the same file for krandog, Node.js and Bun.

const [, , url] = process.argv;
const response = await fetch(url);
let count = 0;
for await (const chunk of response.body) count += chunk.length;
if (count !== 100 * 1024 * 1024) throw new Error(`${count} bytes`);
