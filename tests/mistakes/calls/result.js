const make = () => 5;
make()();

// plain
// at: 2:1
// names: make(), is not a function
