JSON.stringify({ user: { id: 10n } });

// plain
// at: 1:15
// names: BigInt
