drop index coverage_recommendation_idx;
alter table coverage drop column recommendation_id;
