{
  using file = { [Symbol.dispose]() {} };
  console.log(file);
}

// at: 2:3
// names: using
// remedy: finally
