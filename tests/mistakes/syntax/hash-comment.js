# settings
const a = 1;

// at: 1:1
// names: #
// remedy: //
