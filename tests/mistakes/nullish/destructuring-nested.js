const reply = { status: 200 };
const { body: { text } } = reply;
console.log(text);

// plain
// at: 2:15
// names: body
