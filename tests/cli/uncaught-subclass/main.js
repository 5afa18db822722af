class A extends Error {
  constructor(m) {
    super(m);
  }
}
class B extends A {}
const f = () => {
  throw new B('x');
};
f();
