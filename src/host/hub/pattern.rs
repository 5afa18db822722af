//! Patterns of names of rooms: `game.*` stands for `game.1` and `game.2`.
//!
//! `*` stands for one or more characters of one part of a name, `**` for one or more characters of
//! any kind. Parts are separated by `.`, `:` and `/`.

/// What separates the parts of a name.
const SEPARATORS: &[u8] = b".:/";

/// A pattern, taken apart.
#[derive(Debug)]
pub(super) struct Pattern {
    /// What every name that matches begins with.
    prefix: Box<[u8]>,
    rest: Box<[Token]>,
}

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

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
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
        Self { prefix: prefix.into(), rest: tokens.into() }
    }

    /// Whether it stands for this name. Takes as long as both are long, multiplied.
    pub(super) fn matches(&self, name: &str) -> bool {
        let Some(rest) = name.as_bytes().strip_prefix(&*self.prefix) else { return false };
        // Whether the tokens before each place may have taken what was read so far. A star that has
        // taken one byte may take more, so it stands for the place behind it too.
        let mut reached = vec![false; self.rest.len() + 1];
        reached[0] = true;
        for byte in rest {
            for place in (0..self.rest.len()).rev() {
                let token = self.rest[place];
                let is_star = !matches!(token, Token::Byte(_));
                let may = reached[place] || (is_star && reached[place + 1]);
                reached[place + 1] = may && token.takes(*byte);
            }
            reached[0] = false;
        }
        reached[self.rest.len()]
    }
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
            for name in &names {
                let rest = name.as_bytes().strip_prefix(&*pattern.prefix);
                let expected = rest.is_some_and(|rest| slow(&pattern.rest, rest));
                assert_eq!(pattern.matches(name), expected, "{text} {name}");
            }
        }
    }
}
