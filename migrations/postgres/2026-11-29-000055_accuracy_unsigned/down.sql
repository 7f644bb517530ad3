alter table accuracy drop column unsigned;
alter table accuracy drop column unsigned_by;
alter table accuracy drop column unsigned_at;
