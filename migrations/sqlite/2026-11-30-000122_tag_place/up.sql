-- Where a recommendation stands in the register, kept with each of its themes as it is with each of its answers: so an index gives
-- all that has a theme in the order of the register, and a list of it walks nothing else. It is given once and never changes.
alter table tag add column inquiry_id integer not null default 0;
alter table tag add column position integer not null default 0;
update tag set inquiry_id = (select inquiry_id from recommendation where recommendation.id = tag.recommendation_id),
    position = (select position from recommendation where recommendation.id = tag.recommendation_id);
create index tag_place_idx on tag (theme_id, inquiry_id, position, recommendation_id);
