export const a = 1;
const b = 2;
export { b as a };

// plain
// at: 3:15
// names: a
