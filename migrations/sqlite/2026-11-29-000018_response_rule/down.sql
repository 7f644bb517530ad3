alter table deadline drop column action;
alter table deadline drop column owner_post;
alter table deadline drop column act_on;
alter table deadline drop column act;
alter table deadline drop column owed_to;
alter table deadline drop column rule_from;
alter table deadline drop column rule;
