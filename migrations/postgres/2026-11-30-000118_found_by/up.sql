-- Where a recommendation stands in its inquiry, kept with each of its answers as the inquiry is: so an index gives the answers of
-- one value in the order of the register, and a list of them walks no others. It is given once and never changes.
alter table addressee add column position bigint not null default 0;
update addressee set position = (select position from recommendation where recommendation.id = addressee.recommendation_id);

drop index addressee_answerer_idx;
create index addressee_answerer_idx on addressee (answerer_id, inquiry_id, position, recommendation_id);
create index addressee_response_idx on addressee (response, inquiry_id, position, recommendation_id);
create index addressee_reported_idx on addressee (reported, inquiry_id, position, recommendation_id);
create index addressee_assessed_idx on addressee (assessed, inquiry_id, position, recommendation_id);
create index addressee_standing_idx on addressee (lifecycle, inquiry_id, position, recommendation_id);
create index addressee_gap_idx on addressee (inquiry_id, position, recommendation_id) where gap;
create index addressee_in_error_idx on addressee (recommendation_id) where closure = 'recorded_in_error';

create index recommendation_checked_idx on recommendation (checked, inquiry_id, position, id);
create index recommendation_text_kind_idx on recommendation (text_kind, inquiry_id, position, id);
create index recommendation_in_error_idx on recommendation (id) where in_error;

-- The last changed first, and within one change by id: a load is one change, of as many as there are.
drop index recommendation_seq_idx;
create index recommendation_seq_idx on recommendation (seq desc, id);
