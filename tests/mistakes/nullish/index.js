let rows;
for (let i = 0; i < 3; i++) {
  console.log(rows[i]);
}

// plain
// at: 3:20
// names: rows
