import { EventEmitter } from 'events';
const emitter = new EventEmitter();
emitter.on('tick', undefined);

// plain
// at: 3:11
// names: listener, undefined
