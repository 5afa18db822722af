class Room {}
const room = Room();
console.log(room);

// plain
// at: 2:14
// names: Room, new
