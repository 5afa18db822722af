const answer = 42;
console.log('before');

undefinedFunction(answer);
