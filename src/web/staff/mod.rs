//! The pages behind sign-in. Everything under `/staff` demands a session; the right for each deed is asked in `service`.
