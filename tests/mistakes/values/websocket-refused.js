import { once } from 'events';
const socket = new WebSocket('ws://localhost:9/');
socket.onerror = (event) => { throw event.error; };

// at: 3:37
// names: ECONNREFUSED, 127.0.0.1:9, refused
