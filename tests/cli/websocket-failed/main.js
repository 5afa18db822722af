// An outgoing WebSocket that fails with nobody listening for its error prints one line. What
// somebody hears, or what the program ended itself, does not.

new WebSocket('ws://127.0.0.1:9/unheard').onclose = ({ code }) => console.log(code);
new WebSocket('ws://127.0.0.1:9/heard').onerror = ({ code }) => console.log(code);
new WebSocket('ws://127.0.0.1:9/closed').close();
