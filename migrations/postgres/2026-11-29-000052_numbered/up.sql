-- Whoever searches for "recommendation 4" finds those of that number, of whatever inquiry.
create index recommendation_number_idx on recommendation (number, id);
