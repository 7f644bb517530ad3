//! Days as people write them into sheets, and as their programs write them for them.

use jiff::civil::Date;

use crate::domain::moment::Day;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A day written as `2027-03-27`, `27/3/2027`, `27.3.2027` or `27 March 2027`; the day stands before the month.
pub(super) fn day(text: &str) -> Option<Day> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    // A program may add midnight.
    let text = text.split_once('T').map_or(text, |(day, _)| day);
    let text = text.strip_suffix(" 00:00:00").unwrap_or(text);
    let parts: Vec<&str> = text
        .split(|sign: char| sign.is_whitespace() || "/.-,".contains(sign))
        .filter(|part| !part.is_empty())
        .collect();
    let [first, month, last] = parts[..] else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return None;
    }
    let month = month.parse().ok().or_else(|| named(month))?;
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok().map(Day::new)
}

fn named(month: &str) -> Option<i8> {
    let start = month.to_lowercase();
    let at = MONTHS.iter().position(|known| start.starts_with(known))?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let right = Some("2027-03-27".parse::<Day>().unwrap());
        for text in [
            "2027-03-27",
            " 27/3/2027 ",
            "27.03.2027",
            "27-3-2027",
            "27 March 2027",
            "27 mar 2027",
            "2027/3/27",
            "2027-03-27T00:00:00",
            "2027-03-27 00:00:00",
        ] {
            assert_eq!(day(text), right, "{text}");
        }
        for text in ["", "soon", "3/27/2027", "27/3/27", "31/2/2027", "27", "March 2027", "27 3 2027 4"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
