-- Up to which moment somebody was told of mail that failed: it goes back with a digest that did not reach them. Null: of none yet.
alter table person_digest add column failed_upto text;
update person_digest set failed_upto = told_at;
