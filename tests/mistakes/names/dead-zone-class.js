const room = new Room();
class Room {}
console.log(room);

// plain
// at: 1:18
// names: Room, before initialization
