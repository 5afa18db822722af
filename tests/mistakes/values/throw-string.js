function check(age) {
  if (age < 0) throw 'bad age';
}
check(-1);

// plain
// at: 2:22
// names: bad age
