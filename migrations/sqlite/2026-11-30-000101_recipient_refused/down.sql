alter table attempt drop column refused;
