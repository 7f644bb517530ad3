drop index addressee_inquiry_target_idx;
drop index addressee_inquiry_return_due_idx;
drop index addressee_inquiry_decision_due_idx;
drop index addressee_inquiry_response_due_idx;
delete from tally where scope = 'answerers';
