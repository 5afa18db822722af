const bytes = Buffer.from('abc');

// at: 1:15
// names: Buffer
// remedy: TextEncoder
