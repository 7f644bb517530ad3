-- Targets that were moved after their first date had passed are found by that date.
create index addressee_first_target_idx on addressee (first_target_on);
