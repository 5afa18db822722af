const total = 1 + ;

// plain
// at: 1:19
// names: ;
