const make = (id) => { id: id, name: 'x' };

// at: 1:32
// names: :
// remedy: => ({
