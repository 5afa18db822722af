class Animal {}
class Dog extends Animal {
  constructor() {
    this.name = 'Rex';
    super();
  }
}
new Dog();

// plain
// at: 4:5
// names: super
