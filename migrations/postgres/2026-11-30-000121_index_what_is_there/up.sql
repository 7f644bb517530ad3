-- Most answers owe nothing, most recommendations are no parts: an index holds what is there, and nobody asks it for the rest.
drop index addressee_response_due_idx;
create index addressee_response_due_idx on addressee (response_due_on) where response_due_on is not null;
drop index addressee_return_due_idx;
create index addressee_return_due_idx on addressee (return_due_on) where return_due_on is not null;
drop index addressee_target_idx;
create index addressee_target_idx on addressee (target_on) where target_on is not null;
drop index addressee_decision_due_idx;
create index addressee_decision_due_idx on addressee (decision_due_on) where decision_due_on is not null;
drop index addressee_recheck_due_idx;
create index addressee_recheck_due_idx on addressee (recheck_due_on) where recheck_due_on is not null;
drop index addressee_first_target_idx;
create index addressee_first_target_idx on addressee (first_target_on) where first_target_on is not null;
drop index addressee_looked_until_idx;
create index addressee_looked_until_idx on addressee (looked_until, id) where looked_until is not null;
drop index addressee_inquiry_looked_until_idx;
create index addressee_inquiry_looked_until_idx on addressee (inquiry_id, looked_until) where looked_until is not null;
-- This one nobody asks any more.
drop index addressee_body_looked_until_idx;
drop index recommendation_parent_idx;
create index recommendation_parent_idx on recommendation (parent_id) where parent_id is not null;
drop index fact_update_arrival_idx;
create index fact_update_arrival_idx on fact_update (arrival_id) where arrival_id is not null;
drop index deadline_corrects_idx;
create index deadline_corrects_idx on deadline (corrects) where corrects is not null;
