const names = [].length;
console.log(names);

for (const item of undefined) {
  console.log(item);
}

// plain
// at: 4:20
// names: undefined
