delete from duty where kind = 'lead';
drop index duty_body_key;
drop index duty_item_key;
create unique index duty_body_key on duty (body_id, kind) where addressee_id is null and ended_at is null;
create unique index duty_item_key on duty (addressee_id, kind) where addressee_id is not null and ended_at is null;
