with (Math) console.log(PI);

// plain
// at: 1:1
// names: with
