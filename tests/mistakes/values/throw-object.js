function check(age) {
  if (age < 0) throw { code: 7 };
}
check(-1);

// plain
// at: 2:22
// names: code: 7
