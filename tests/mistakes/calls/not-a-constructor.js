const Model = () => ({});
const model = new Model();
console.log(model);

// plain
// at: 2:15
// names: Model, is not a constructor
