//! What is published about the register itself.

/// The operator was entered or changed.
#[must_use]
pub fn operator_is(name: &str, first: bool) -> String {
    if first {
        format!("{name} has taken responsibility for this register.")
    } else {
        format!("What this register says about its operator was changed. The operator is {name}.")
    }
}

/// The check by a second person was switched.
#[must_use]
pub const fn second_key_switched(on: bool) -> &'static str {
    if on {
        "The check by a second person was switched on."
    } else {
        "The check by a second person was switched off: one person may both write and publish a finding."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_over_and_changing_read_differently() {
        assert_ne!(operator_is("Ashgrove Council", true), operator_is("Ashgrove Council", false));
        assert_ne!(second_key_switched(true), second_key_switched(false));
    }
}
