function load() {
  import path from 'path';
  return path;
}

// at: 2:3
// names: import
// remedy: await import(
