const make = (id) => { id: id, name: 'x' };

// at: 1:36
// names: :
// remedy: => ({
