drop index change_kind_idx;
drop index tie_seq_idx;
drop index tag_seq_idx;
drop index evidence_update_idx;
drop index addressee_inquiry_target_idx;
drop index addressee_inquiry_return_due_idx;
drop index addressee_inquiry_decision_due_idx;
drop index addressee_inquiry_response_due_idx;
delete from tally where scope in ('answerers', 'dates_of_inquiry', 'dates_of_body');
