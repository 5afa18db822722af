// Nothing runs after an error that nothing caught, though it may be due.
setTimeout(() => console.log('timer'), 15);
setImmediate(() => {
  const end = performance.now() + 20;
  while (performance.now() < end);
  throw new Error('the end');
});
setImmediate(() => console.log('immediate'));
