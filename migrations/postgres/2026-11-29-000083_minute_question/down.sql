alter table remark drop column question;
