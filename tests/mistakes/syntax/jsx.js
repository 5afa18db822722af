const page = <h1>Hello</h1>;

// at: 1:14
// names: <
// remedy: JSX
