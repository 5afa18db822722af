// What came in while nobody wanted it, the end too, comes when somebody does.
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  console.log(text.trim());
  process.stdin.pause();
  setTimeout(() => process.stdin.resume(), 100);
});
process.stdin.on('end', () => console.log('end'));
