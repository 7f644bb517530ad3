alter table asking drop column by_hand;
