interface User { name?: { first: string } }
const user: User = {};
const name: string = (user as User).name!.first as string;
console.log(name);

// at: 3:43
// names: (user).name
