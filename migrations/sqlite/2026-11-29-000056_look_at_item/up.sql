-- A look for the answer to one recommendation alone: what it found says nothing of what else the body answered.
alter table coverage add column recommendation_id integer
    constraint coverage_recommendation_fkey references recommendation (id);

-- What was published with "none found" of one answer was a look for that one.
update coverage set recommendation_id = (
    select change.recommendation_id from change where change.seq = coverage.seq and change.kind = 'response'
);

create index coverage_recommendation_idx on coverage (recommendation_id);
