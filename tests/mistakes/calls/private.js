class Account {
  #balance = 1;
  static read(account) { return account.#balance; }
}
Account.read({});

// plain
// at: 3:41
// names: #balance
