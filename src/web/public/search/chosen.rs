//! What was chosen, each with a link that takes it out again.

use crate::domain::words;
use crate::web::form::ChoiceField;
use crate::web::part::Link;
use crate::web::public::query::address;

/// Everything that narrows the search, in the order of its address; what was typed is not said again.
pub fn chosen(given: &[(&str, &str)], fields: &[ChoiceField]) -> Vec<Link> {
    let narrowing = given.iter().enumerate().filter(|(_, (name, _))| *name != "sort");
    narrowing.flat_map(|(at, (name, value))| of_one(given, fields, (at, *name, *value))).collect()
}

/// One filter: a link for each of its values.
fn of_one(given: &[(&str, &str)], fields: &[ChoiceField], (at, name, value): (usize, &str, &str)) -> Vec<Link> {
    let without = |left: &str| {
        let mut all = given.to_vec();
        all[at].1 = left;
        address("/recommendations", &all)
    };
    let Some(field) = fields.iter().find(|field| field.id == name) else {
        let said = match name {
            "q" => words::TYPED,
            "looked" => words::NOT_LATELY_CHOICE,
            _ => words::ONLY_ERRORS_CHOICE,
        };
        return vec![Link::new(without(""), said)];
    };
    let values: Vec<&str> = value.split(',').collect();
    let link = |one: usize| {
        let others: Vec<&str> = (0..values.len()).filter(|other| *other != one).map(|other| values[other]).collect();
        let choice = field.choices.iter().find(|choice| choice.value == values[one]);
        let choice = choice.map_or(words::AS_IN_ADDRESS, |choice| choice.label.as_ref());
        Link::new(without(&others.join(",")), format!("{}: {choice}", field.label))
    };
    (0..values.len()).map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::form::Choice;

    #[test]
    fn each_value_is_taken_out_alone() {
        let choices = [Choice::new("accepted", "Accepted"), Choice::new("rejected", "Rejected")];
        let fields = [ChoiceField::new("response", "Answer", choices)];
        let given = [("q", "secret"), ("response", "accepted,rejected"), ("looked", "yes"), ("sort", "changed")];
        let links = chosen(&given, &fields);
        let said: Vec<&str> = links.iter().map(|link| link.words.as_str()).collect();
        assert_eq!(said, ["Your words", "Answer: Accepted", "Answer: Rejected", "Not looked at lately"]);
        assert_eq!(links[0].href, "/recommendations?response=accepted%2Crejected&looked=yes&sort=changed");
        assert_eq!(links[1].href, "/recommendations?q=secret&response=rejected&looked=yes&sort=changed");
        assert_eq!(links[3].href, "/recommendations?q=secret&response=accepted%2Crejected&sort=changed");
        assert_eq!(chosen(&[("sort", "changed")], &fields), []);
    }
}
