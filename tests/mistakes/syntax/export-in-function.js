function load() {
  export const a = 1;
}

// at: 2:3
// names: export
// remedy: top
