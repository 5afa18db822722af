serve(0, () => 'x').close();
const reply = new Response('hello');

// at: 2:19
// names: Response
// remedy: return
