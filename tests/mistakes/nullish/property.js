function greet(person) {
  const greeting = 'Hello, ';
  return greeting + person.name;
}
greet();

// plain
// at: 3:28
// names: person, name
