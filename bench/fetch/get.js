// Fetches 1 KiB over and over on one connection; the same file for krandog, Node.js and Bun.

const [, , url, count] = process.argv;
for (let at = 0; at < Number(count); at += 1) {
  const response = await fetch(url);
  const text = await response.text();
  if (response.status !== 200 || text.length !== 1024) throw new Error('a wrong response');
}
