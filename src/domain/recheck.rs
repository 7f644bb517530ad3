//! When oversight looks again at what it has decided on.

use super::moment::Day;

/// After so many months, where nobody says otherwise.
pub const USUAL_MONTHS: [i64; 3] = [6, 18, 36];
/// Nobody looks again later than this many months after.
const LONGEST: i64 = 240;
/// Nor more often than this.
const MOST: usize = 10;

/// Reads months as somebody entered them, such as `6, 18, 36`; nothing where nobody is to look again.
///
/// # Errors
/// A sentence that says how to write them.
pub fn months(entered: &str) -> Result<Vec<i64>, String> {
    let parts = entered.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let read: Option<Vec<i64>> = parts.map(|part| part.parse().ok().filter(|n| (1..=LONGEST).contains(n))).collect();
    let mut months =
        read.ok_or(format!("Enter numbers of months from 1 to {LONGEST} with commas between them, such as 6, 18, 36"))?;
    months.sort_unstable();
    months.dedup();
    if months.len() > MOST {
        return Err(format!("Enter {MOST} numbers of months at most"));
    }
    Ok(months)
}

/// The months as a form shows them.
#[must_use]
pub fn in_form(months: &[i64]) -> String {
    months.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// The days on which oversight looks again, counted from this day.
#[must_use]
pub fn days(from: Day, months: &[i64]) -> Vec<Day> {
    months.iter().map(|months| from.plus_months(*months)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_in_any_order_and_bounded() {
        assert_eq!(months("36, 6 18;6"), Ok(vec![6, 18, 36]));
        assert_eq!(months(" "), Ok(Vec::new()));
        assert_eq!(in_form(&USUAL_MONTHS), "6, 18, 36");
        for bad in ["six", "0", "-1", "241", "1,2,3,4,5,6,7,8,9,10,11"] {
            assert!(months(bad).is_err(), "{bad}");
        }
        let from: Day = "2027-08-31".parse().unwrap();
        let on: Vec<String> = days(from, &USUAL_MONTHS).iter().map(Day::to_string).collect();
        assert_eq!(on, ["2028-02-29", "2029-02-28", "2030-08-31"]);
    }
}
