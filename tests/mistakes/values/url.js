const url = new URL('localhost/chat');

// plain
// at: 1:13
// names: localhost/chat
