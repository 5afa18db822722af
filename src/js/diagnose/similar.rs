//! What was probably meant by a name that does not exist.

/// The known name that is nearest to `name`, if it is near enough for a slip.
pub(in crate::js) fn similar<'a>(
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let allowed = match name.chars().count() {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    let lower = name.to_lowercase();
    known
        .filter(|known| *known != name && !known.is_empty())
        .filter_map(|known| {
            let same = known.to_lowercase() == lower;
            let distance = if same { 0 } else { strsim::osa_distance(name, known) };
            (distance <= allowed).then_some((distance, known))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_other_names_are_not() {
        let known = || ["forEach", "anwser", "map", "send"].into_iter();
        assert_eq!(similar("foreach", known()), Some("forEach"));
        assert_eq!(similar("answer", known()), Some("anwser"));
        assert_eq!(similar("mpa", known()), Some("map"));
        assert_eq!(similar("rename", known()), None);
        assert_eq!(similar("x", known()), None);
    }
}
