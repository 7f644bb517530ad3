alter table theme_text drop column retired;
