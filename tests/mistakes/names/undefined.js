const answer = 42;
console.log('before');
anwser.x();

// at: 3:1
// names: anwser, is not defined
// remedy: did you mean answer
