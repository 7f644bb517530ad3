drop index tag_place_idx;
alter table tag drop column position;
alter table tag drop column inquiry_id;
