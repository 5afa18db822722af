process.on('exit', (code) => {
  console.log('exit', code);
  throw new Error('at the end');
});
setTimeout(() => process.exit(0), 0);
