//! Text of a peer for a terminal and a log: without characters that are not seen but do something.

/// The character, or what is shown in its place.
pub fn visible(character: char) -> char {
    match character {
        '\t' => ' ',
        // Directions, joiners and separators: what follows would be read as something else.
        '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{61C}'
        | '\u{FEFF}' => char::REPLACEMENT_CHARACTER,
        character if character.is_control() => char::REPLACEMENT_CHARACTER,
        character => character,
    }
}
