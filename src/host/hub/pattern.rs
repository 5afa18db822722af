//! Patterns of names of rooms: `game.*` stands for `game.1` and `game.2`.
//!
//! `*` stands for one or more characters of one part of a name, `**` for one or more characters of
//! any kind. Parts are separated by `.`, `:` and `/`.

/// A room by name, or all rooms whose names match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// This room.
    Room,
    /// Every room whose name matches.
    Pattern,
}

/// What separates the parts of a name.
const SEPARATORS: &[u8] = b".:/";

/// A pattern, made ready to be compared with many names: a bit for each of its tokens.
#[derive(Debug)]
pub(super) struct Pattern {
    /// What every name that matches begins with.
    prefix: Box<[u8]>,
    /// How many tokens are behind it.
    len: usize,
    stars: Bits,
    /// The tokens that take a byte, for each byte that one of them names.
    named: Box<[(u8, Bits)]>,
    /// Those that take any other byte, and any other separator.
    others: [Bits; 2],
}

type Bits = Box<[u64]>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Byte(u8),
    /// `*`
    Part,
    /// `**`
    Any,
}

impl Token {
    fn takes(self, byte: u8) -> bool {
        match self {
            Self::Byte(own) => own == byte,
            Self::Part => !SEPARATORS.contains(&byte),
            Self::Any => true,
        }
    }
}

/// What a pattern begins with, and the tokens behind it, of which the first is a star.
fn tokens(text: &str) -> (&[u8], Vec<Token>) {
    let bytes = text.as_bytes();
    let star = bytes.iter().position(|byte| *byte == b'*').unwrap_or(bytes.len());
    let (prefix, mut rest) = bytes.split_at(star);
    let mut tokens = Vec::new();
    while let Some((first, after)) = rest.split_first() {
        let (token, after) = match (first, after.first()) {
            (b'*', Some(b'*')) => (Token::Any, &after[1..]),
            (b'*', _) => (Token::Part, after),
            (byte, _) => (Token::Byte(*byte), after),
        };
        tokens.push(token);
        rest = after;
    }
    (prefix, tokens)
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let (prefix, tokens) = tokens(text);
        let bits = |is: &dyn Fn(Token) -> bool| {
            let mut bits = vec![0; tokens.len() / 64 + 1];
            for (place, _) in tokens.iter().enumerate().filter(|(_, token)| is(**token)) {
                bits[place / 64] |= 1 << (place % 64);
            }
            bits.into_boxed_slice()
        };
        let mut names: Vec<u8> = tokens
            .iter()
            .filter_map(|token| if let Token::Byte(byte) = token { Some(*byte) } else { None })
            .collect();
        names.sort_unstable();
        names.dedup();
        Self {
            prefix: prefix.into(),
            len: tokens.len(),
            stars: bits(&|token| !matches!(token, Token::Byte(_))),
            named: names.iter().map(|byte| (*byte, bits(&|token| token.takes(*byte)))).collect(),
            others: [
                bits(&|token| matches!(token, Token::Part | Token::Any)),
                bits(&|token| token == Token::Any),
            ],
        }
    }

    /// Whether it stands for this name. Takes a step for each byte of that and 64 tokens.
    pub(super) fn matches(&self, name: &str) -> bool {
        let Some(rest) = name.as_bytes().strip_prefix(&*self.prefix) else { return false };
        // Whether the tokens before each place may have taken what was read so far.
        let mut reached = vec![0_u64; self.stars.len()];
        reached[0] = 1;
        for byte in rest {
            let named = self.named.binary_search_by_key(byte, |(named, _)| *named);
            let takes = match named {
                Ok(at) => &self.named[at].1,
                Err(_) => &self.others[usize::from(SEPARATORS.contains(byte))],
            };
            if !advance(&mut reached, &self.stars, takes) {
                return false;
            }
        }
        reached[self.len / 64] >> (self.len % 64) & 1 == 1
    }
}

/// Lets the tokens take a byte. A star that has taken one may take more, so it stands for the place
/// behind it too. False if nothing is reached any more.
fn advance(reached: &mut [u64], stars: &[u64], takes: &[u64]) -> bool {
    let (mut carry, mut all) = (0, 0);
    for word in 0..reached.len() {
        let before = reached[word];
        let behind = before >> 1 | reached.get(word + 1).map_or(0, |next| next << 63);
        let may = (before | behind & stars[word]) & takes[word];
        reached[word] = may << 1 | carry;
        carry = may >> 63;
        all |= reached[word];
    }
    all != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matching(pattern: &str, names: &[&str]) -> Vec<String> {
        let pattern = Pattern::new(pattern);
        names.iter().filter(|name| pattern.matches(name)).map(ToString::to_string).collect()
    }

    const NAMES: &[&str] =
        &["game", "game.", "game.1", "game.22", "game.1.chat", "games.1", "game:1", "a/b/c", ""];

    #[test]
    fn one_star_stands_for_one_part() {
        assert_eq!(matching("game.*", NAMES), ["game.1", "game.22"]);
        assert_eq!(matching("*", NAMES), ["game"]);
        assert_eq!(matching("*.1", NAMES), ["game.1", "games.1"]);
        assert_eq!(matching("a/*/c", NAMES), ["a/b/c"]);
        assert_eq!(matching("g*e.*2", NAMES), ["game.22"]);
    }

    #[test]
    fn two_stars_stand_for_anything() {
        assert_eq!(matching("game.**", NAMES), ["game.1", "game.22", "game.1.chat"]);
        assert_eq!(matching("**.chat", NAMES), ["game.1.chat"]);
        assert_eq!(matching("**", NAMES).len(), NAMES.len() - 1);
        assert_eq!(matching("g**1", NAMES), ["game.1", "games.1", "game:1"]);
    }

    #[test]
    fn without_a_star_it_is_a_name() {
        assert_eq!(matching("game.1", NAMES), ["game.1"]);
    }

    /// Against the definition, tried out in every way.
    #[test]
    fn all_short_patterns_match_what_they_should() {
        fn slow(tokens: &[Token], name: &[u8]) -> bool {
            let Some((first, rest)) = tokens.split_first() else { return name.is_empty() };
            let most = if matches!(first, Token::Byte(_)) { 1 } else { name.len() };
            (1..=most.min(name.len()))
                .any(|n| name[..n].iter().all(|b| first.takes(*b)) && slow(rest, &name[n..]))
        }
        let texts = |letters: &[u8], len: u32| -> Vec<String> {
            (0..=len)
                .flat_map(|len| (0..letters.len().pow(len)).map(move |code| (len, code)))
                .map(|(len, mut code)| {
                    (0..len)
                        .map(|_| {
                            let letter = letters[code % letters.len()] as char;
                            code /= letters.len();
                            letter
                        })
                        .collect()
                })
                .collect()
        };
        let names = texts(b"a.b", 5);
        for text in texts(b"*a.", 5) {
            let pattern = Pattern::new(&text);
            let (prefix, tokens) = tokens(&text);
            for name in &names {
                let rest = name.as_bytes().strip_prefix(prefix);
                let expected = rest.is_some_and(|rest| slow(&tokens, rest));
                assert_eq!(pattern.matches(name), expected, "{text} {name}");
            }
        }
    }

    #[test]
    fn long_patterns_span_words() {
        for len in [62, 63, 64, 65, 127, 128, 129, 200] {
            let letters = "n".repeat(len);
            let pattern = Pattern::new(&format!("*{letters}*x"));
            assert!(pattern.matches(&format!("a{letters}bx")), "{len}");
            assert!(pattern.matches(&format!("{letters}nnx")), "{len}");
            assert!(!pattern.matches(&format!("{letters}nn")), "{len}");
            assert!(!pattern.matches(&format!("a{}bx", &letters[1..])), "{len}");
        }
    }
}
