import { once } from 'events';
const socket = new WebSocket('ws://localhost:9/');
socket.onerror = (event) => { throw event.error; };

// names: ECONNREFUSED, ::1, 127.0.0.1
